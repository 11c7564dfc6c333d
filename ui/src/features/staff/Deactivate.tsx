import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Says what becomes of the work of somebody who no longer comes to the desk. */
export default function Deactivate({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const name = personName(person);
  const form = useSubmit(async () => {
    const done = await call(commands.staffDeactivate(person.id, true));
    announce(done.operation, t("staff.deactivatedDone", { name }), t("staff.reactivatedAgain", { name }));
    onClose();
  });
  const problem = form.problem();
  const sentences = [t("staff.deactivateWill", { name }), t("staff.deactivateKeeps")];
  if (person.cases > 0) sentences.push(t("staff.deactivateCases", { count: person.cases }));
  return (
    <ConfirmDialog
      title={t("staff.deactivateTitle", { name })}
      sentences={sentences}
      act={t("staff.deactivate")}
      destructive
      isDisabled={problem !== undefined}
      error={unplaced(form.failed)}
      onClose={onClose}
      onConfirm={() => void form.submit()}
    >
      {problem && (
        <p className={styles.refused} role="alert">
          {problem}
        </p>
      )}
    </ConfirmDialog>
  );
}
