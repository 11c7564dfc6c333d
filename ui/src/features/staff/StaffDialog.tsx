import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember, type StaffRoleRow } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { editsOf } from "~/records/fields/edits.ts";
import { useAnnounce } from "~/session/undo.ts";
import { assignment, personName, roleKey, roleName } from "./kind.ts";
import { RoleVisibleAreas } from "./RoleVisibleAreas.tsx";

type Props = { person: StaffMember | null; roles: StaffRoleRow[]; onClose: () => void };

const ASKED = ["first_name", "last_name", "email"] as const;

/** Adds a staff member with a role, or edits name and address of one. */
export default function StaffDialog({ person, roles, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const before = {
    first_name: person?.first_name ?? "",
    last_name: person?.last_name ?? "",
    email: person?.email ?? "",
  };
  const [form, setForm] = useState(before);
  const [key, setKey] = useState("advisor");
  const role = roles.find((each) => roleKey(each) === key);
  const other = person === null ? t("staff.new") : t("staff.editTitle", { name: personName(person) });
  const title = person?.me ? t("staff.myProfile") : other;
  const labels = { first_name: t("staff.firstName"), last_name: t("staff.lastName"), email: t("staff.email") };

  const submission = useSubmit(async () => {
    const name = `${form.first_name} ${form.last_name}`.trim();
    if (person === null) {
      if (!role) return;
      const created = await call(commands.staffCreate(form, assignment(role)));
      announce(created.operation, t("staff.added", { name }), t("shell.undo.trashed", { name }));
    } else {
      const edits = editsOf(before, form);
      const done = edits.length > 0 ? await call(commands.staffEdit(person.id, edits)) : null;
      announce(
        done?.operation ?? null,
        t(done?.operation ? "staff.saved" : "record.form.unchanged", { name }),
        t("shell.undo.changes", { what: personName(person) }),
      );
    }
    onClose();
  });

  return (
    <FormDialog
      form={submission}
      title={title}
      onClose={onClose}
      size="medium"
      act={person === null ? t("staff.add") : t("common.save")}
      isDirty={JSON.stringify(form) !== JSON.stringify(before)}
    >
      {ASKED.map((field, at) => (
        <TextField
          key={field}
          label={labels[field]}
          isRequired
          validationBehavior="aria"
          type={field === "email" ? "email" : "text"}
          value={form[field]}
          onChange={(next) => setForm({ ...form, [field]: next })}
          error={submission.problem(field)}
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
            error={submission.problem("role")}
          />
          {role && <RoleVisibleAreas role={role} />}
        </>
      )}
    </FormDialog>
  );
}
