import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type StaffMember } from "~/ipc";
import { useAnnounce } from "../shell/undo.ts";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Says what becomes of the work of somebody who no longer comes to the desk. */
export default function Deactivate({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [failed, setFailed] = useState<unknown>(null);
  const name = personName(person);
  const error = failed === null ? null : commandError(failed);
  const problem = error?.code === "validation" ? error.fields[0]?.problem : undefined;
  const act = async () => {
    try {
      const done = await call(commands.staffDeactivate(person.id, true));
      announce(done.operation, t("staff.deactivatedDone", { name }));
      onClose();
    } catch (thrown) {
      setFailed(thrown);
    }
  };
  const sentences = [t("staff.deactivateWill", { name }), t("staff.deactivateKeeps")];
  if (person.cases > 0) sentences.push(t("staff.deactivateCases", { count: person.cases }));
  return (
    <ConfirmDialog
      title={t("staff.deactivateTitle", { name })}
      sentences={sentences}
      act={t("staff.deactivate")}
      destructive
      isOpen
      isDisabled={problem !== undefined}
      onClose={onClose}
      onConfirm={() => void act()}
    >
      {problem ? (
        <p className={styles.refused} role="alert">
          {problemText(problem)}
        </p>
      ) : (
        <ErrorLine error={failed} />
      )}
    </ConfirmDialog>
  );
}
