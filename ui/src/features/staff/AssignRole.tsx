import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember, type StaffRoleRow } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";
import { assignment, personName, roleKey, roleKeyOf, roleName } from "./kind.ts";
import { RoleVisibleAreas } from "./RoleVisibleAreas.tsx";

type Props = { person: StaffMember; roles: StaffRoleRow[]; onClose: () => void };

/** Gives a staff member another role. */
export default function AssignRole({ person, roles, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const now = roleKeyOf(person);
  const [key, setKey] = useState(now);
  const role = roles.find((each) => roleKey(each) === key);
  const name = personName(person);
  const form = useSubmit(async () => {
    if (!role) return;
    const done = await call(commands.staffAssign(person.id, assignment(role)));
    announce(done.operation, t("staff.roleChanged", { name, role: roleName(role) }), t("staff.roleAgain", { name }));
    onClose();
  });
  return (
    <FormDialog
      title={t("staff.roleTitle", { name })}
      onClose={onClose}
      size="medium"
      act={t("staff.roleAct")}
      isDisabled={key === now}
      form={form}
    >
      <Select
        label={t("staff.role")}
        choices={roles.map((each) => ({ id: roleKey(each), label: roleName(each) }))}
        value={key}
        onChange={(next) => {
          setKey(next);
          form.clear();
        }}
        error={form.problem()}
        hint={t("staff.rolesDiffer")}
        autoFocus
      />
      {role && <RoleVisibleAreas role={role} />}
    </FormDialog>
  );
}
