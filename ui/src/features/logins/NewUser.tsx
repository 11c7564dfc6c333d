import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type FieldSchema, type Id, type UserCreated, type NewUser as Who } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { RadioList } from "~/kit/components/RadioList.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import mark from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { FieldInput } from "~/records/fields/FieldInput.tsx";
import { ReferenceField } from "~/records/fields/ReferenceField.tsx";
import { type FormValues, fromForm, toForm } from "~/records/fields/values.ts";
import { showProblems } from "~/records/forms/formErrors.ts";
import { useNames } from "~/records/references.ts";
import { useFields, useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { NoInvitation } from "../invitations/NoInvitation.tsx";
import { useInvitationSettings } from "../invitations/queries.ts";
import { PORTAL_ROLES, rolesQuery } from "../roles/kind.ts";
import { useVisibleAreas } from "../roles/RoleForm.tsx";
import { VisibleAreas } from "../roles/VisibleAreas.tsx";
import styles from "./Logins.module.css";

/** What is asked of somebody new, in this order. */
const ASKED = ["first_name", "last_name", "email", "employer", "title", "work_phone"];

type Props = {
  /** The contact who gets the login; without one it is asked who does. */
  contact?: { id: Id; name: string };
  onClose: () => void;
  onCreated?: (user: Id) => void;
};

/** "Add employer user": a login for a contact, or for somebody who becomes a contact with it. */
export default function NewUser({ contact, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const mayAdd = may("edit_contacts");
  const fields = useFields("contact");
  const asked = ASKED.flatMap((key) => fields.filter((field) => field.key === key));
  const [who, setWho] = useState<"person" | "contact">(contact || !mayAdd ? "contact" : "person");
  const [chosen, setChosen] = useState<Id | null>(contact?.id ?? null);
  const roles = useQuery(rolesQuery);
  const invitations = useInvitationSettings();
  const [picked, setPicked] = useState<Id | null>(null);
  const role = roles.data?.find(({ id, is_default: usual }) => (picked === null ? usual : id === picked));
  const sights = useVisibleAreas(PORTAL_ROLES, role?.permissions ?? []);
  const nameOf = useNames(chosen === null ? [] : [{ kind: "contact", id: chosen }]);
  const { control, handleSubmit, setError, formState } = useForm<FormValues>({
    defaultValues: Object.fromEntries(asked.map((field) => [field.key, toForm(field, null)])),
  });

  const form = useSubmit(() =>
    handleSubmit(async (typed) => {
      if (!role) return;
      const name = who === "contact" ? (contact?.name ?? nameOf(chosen ?? "") ?? "") : fullName(typed);
      try {
        const created = await call(commands.userCreate(whom(who, chosen, asked, typed), role.id));
        const words = { name, role: role.name, hasPortal: invitations.data?.portal !== "" };
        announce(created.operation, said(t, created, words));
        onClose();
        onCreated?.(created.user);
      } catch (thrown) {
        if (who === "person") showProblems(commandError(thrown), setError);
        throw thrown;
      }
    })(),
  );

  return (
    <FormDialog
      form={form}
      title={contact ? t("employerUsers.create.titleFor", { name: contact.name }) : t("employerUsers.add")}
      onClose={onClose}
      size="large"
      act={t("employerUsers.create.act")}
      isDirty={formState.isDirty}
      isDisabled={!role || (who === "contact" && chosen === null)}
      // An address that is taken stands at its field, where there is one.
      error={who === "person" && form.problem("email") ? null : form.failed}
    >
      <div className={styles.create}>
        <div className={stack.shrinkBy16}>
          {!contact && mayAdd && (
            <RadioList
              label={t("employerUsers.create.who")}
              choices={[
                { id: "person", label: t("employerUsers.create.person"), note: t("employerUsers.create.personNote") },
                {
                  id: "contact",
                  label: t("employerUsers.create.contact"),
                  note: t("employerUsers.create.contactNote"),
                },
              ]}
              value={who}
              onChange={(next) => setWho(next === "contact" ? "contact" : "person")}
            />
          )}
          {!contact && who === "contact" && (
            <ReferenceField
              label={t("employerUsers.create.whichContact")}
              isRequired
              kind="contact"
              value={chosen}
              onChange={setChosen}
            />
          )}
          {who === "person" && (
            <div className={stack.pairs}>
              {asked.map((field, at) => (
                <FieldInput key={field.key} kind="contact" field={field} control={control} autoFocus={at === 0} />
              ))}
            </div>
          )}
          {roles.data && (
            <Select
              label={t("employerUsers.create.role")}
              choices={roles.data.map(({ id, name }) => ({ id, label: name }))}
              value={role?.id ?? null}
              onChange={setPicked}
            />
          )}
          <ul className={styles.will}>
            <li>{t(who === "person" ? "employerUsers.create.willPerson" : "employerUsers.create.willContact")}</li>
            {invitations.data?.portal && <li>{t("employerUsers.create.willInvite")}</li>}
          </ul>
          <NoInvitation />
        </div>
        <div className={mark.sunken}>
          <VisibleAreas sights={role && sights.data?.sees} words={PORTAL_ROLES.words} />
        </div>
      </div>
    </FormDialog>
  );
}

/** What was added, and whether an invitation is on its way; if not, why, unless that tells of a hidden contact. */
function said(
  t: TFunction,
  created: UserCreated,
  { hasPortal, ...words }: { name: string; role: string; hasPortal: boolean },
): string {
  const added = t(`employerUsers.create.${created.is_new ? "addedWithContact" : "added"}`, words);
  const { invited, withheld } = created;
  if (invited) return `${added} ${t("employerUsers.create.invited")}`;
  if (withheld === null && hasPortal) return `${added} ${t("employerUsers.create.noInvitation")}`;
  const why = withheld === null ? t("employerUsers.create.noPortal") : t(`invitations.reason.${withheld}`);
  return `${added} ${t("employerUsers.create.notInvited", { why })}`;
}

function fullName(typed: FormValues): string {
  return [typed.first_name, typed.last_name].filter(Boolean).join(" ");
}

function whom(who: "person" | "contact", chosen: Id | null, asked: FieldSchema[], typed: FormValues): Who {
  if (who === "contact") return { who: "contact", contact: chosen ?? "" };
  return {
    who: "person",
    values: Object.fromEntries(asked.map((field) => [field.key, fromForm(field, typed[field.key])])),
  };
}
