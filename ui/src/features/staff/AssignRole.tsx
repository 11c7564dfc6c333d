import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { Select } from "~/components/Select.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type StaffMember, type StaffRoleRow } from "~/ipc";
import { useAnnounce } from "../shell/undo.ts";
import { assignment, personName, roleKey, roleKeyOf, roleName } from "./kind.ts";
import { RoleSights } from "./RoleSights.tsx";
import styles from "./Staff.module.css";

type Props = { person: StaffMember; roles: StaffRoleRow[]; onClose: () => void };

/** Gives a staff member another role. */
export default function AssignRole({ person, roles, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const now = roleKeyOf(person);
  const [key, setKey] = useState(now);
  const [failed, setFailed] = useState<unknown>(null);
  const role = roles.find((each) => roleKey(each) === key);
  const name = personName(person);
  const error = failed === null ? null : commandError(failed);
  const problem = error?.code === "validation" ? error.fields[0]?.problem : undefined;
  const act = async () => {
    if (!role) return;
    try {
      const done = await call(commands.staffAssign(person.id, assignment(role)));
      announce(done.operation, t("staff.roleChanged", { name, role: roleName(role) }));
      onClose();
    } catch (thrown) {
      setFailed(thrown);
    }
  };
  return (
    <Dialog
      title={t("staff.roleTitle", { name })}
      isOpen
      onClose={onClose}
      size="medium"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" isDisabled={key === now} onPress={() => void act()}>
            {t("staff.roleAct")}
          </Button>
        </>
      }
    >
      <div className={styles.ask}>
        <Select
          label={t("staff.role")}
          choices={roles.map((each) => ({ id: roleKey(each), label: roleName(each) }))}
          value={key}
          onChange={(next) => {
            setKey(next);
            setFailed(null);
          }}
          error={problem && problemText(problem)}
          hint={t("staff.rolesDiffer")}
          autoFocus
        />
        {!problem && <ErrorLine error={failed} />}
        {role && <RoleSights role={role} />}
      </div>
    </Dialog>
  );
}
