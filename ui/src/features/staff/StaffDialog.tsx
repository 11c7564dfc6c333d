import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { Select } from "~/components/Select.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type FieldEdit, type StaffMember, type StaffRoleRow } from "~/ipc";
import fields from "../fields/Fields.module.css";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { useAnnounce } from "../shell/undo.ts";
import { assignment, personName, roleKey, roleName } from "./kind.ts";
import { RoleSights } from "./RoleSights.tsx";

type Props = { person: StaffMember | null; roles: StaffRoleRow[]; onClose: () => void };

const ASKED = ["first_name", "last_name", "email"] as const;

/** Adds a staff member with a role, or edits name and address of one. */
export default function StaffDialog({ person, roles, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const announce = useAnnounce();
  const before = {
    first_name: person?.first_name ?? "",
    last_name: person?.last_name ?? "",
    email: person?.email ?? "",
  };
  const [form, setForm] = useState(before);
  const [key, setKey] = useState("advisor");
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const { close, question } = useUnsaved(JSON.stringify(form) !== JSON.stringify(before), onClose);
  const role = roles.find((each) => roleKey(each) === key);
  const error = failed === null ? null : commandError(failed);
  const problem = (field: string) => {
    const found = error?.code === "validation" ? error.fields.find((each) => each.field === field) : undefined;
    return found && problemText(found.problem);
  };
  const labels = { first_name: t("staff.firstName"), last_name: t("staff.lastName"), email: t("staff.email") };

  const save = async () => {
    setSaving(true);
    setFailed(null);
    const name = `${form.first_name} ${form.last_name}`.trim();
    try {
      if (person === null) {
        if (!role) return;
        const created = await call(commands.staffCreate(form, assignment(role)));
        announce(created.operation, t("staff.added", { name }));
      } else {
        const edits = ASKED.flatMap<FieldEdit>((field) =>
          before[field] === form[field] ? [] : [{ field, before: before[field], after: form[field] }],
        );
        const done = edits.length > 0 ? await call(commands.staffEdit(person.id, edits)) : null;
        announce(done?.operation ?? null, t(done?.operation ? "staff.saved" : "record.form.unchanged", { name }));
      }
      onClose();
    } catch (thrown) {
      setFailed(thrown);
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={person === null ? t("staff.new") : t("staff.editTitle", { name: personName(person) })}
      isOpen
      onClose={close}
      size="medium"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={saving}>
            {person === null ? t("staff.add") : t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={fields.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error?.code !== "validation" && <ErrorLine error={failed} />}
        {ASKED.map((field, at) => (
          <TextField
            key={field}
            label={labels[field]}
            isRequired
            validationBehavior="aria"
            type={field === "email" ? "email" : "text"}
            value={form[field]}
            onChange={(next) => setForm({ ...form, [field]: next })}
            error={problem(field)}
            autoFocus={at === 0}
          />
        ))}
        {person === null && (
          <>
            <Select
              label={t("staff.role")}
              choices={roles.map((each) => ({ id: roleKey(each), label: roleName(each) }))}
              value={key}
              onChange={setKey}
              error={problem("role")}
            />
            {role && <RoleSights role={role} />}
          </>
        )}
      </form>
      {question}
    </Dialog>
  );
}
