import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { toast } from "~/components/Toast.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type StaffMember } from "~/ipc";
import fields from "../fields/Fields.module.css";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Takes a passcode away from a staff member on this computer. */
export default function RemovePasscode({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const [authority, setAuthority] = useState("");
  const [failed, setFailed] = useState<unknown>(null);
  const name = personName(person);
  const error = failed === null ? null : commandError(failed);
  const isWrong = error?.code === "wrong_passcode";
  const problem = error?.code === "validation" ? error.fields[0]?.problem : undefined;
  const remove = async () => {
    setFailed(null);
    try {
      await call(commands.staffPasscode(person.id, null, authority));
      toast(person.me ? t("staff.passcodeGoneMe") : t("staff.passcodeGone", { name }));
      onClose();
    } catch (thrown) {
      setFailed(thrown);
    }
  };
  return (
    <Dialog
      title={person.me ? t("staff.dialog.removeTitleMe") : t("staff.dialog.removeTitle", { name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="destructive" type="submit" form={formId} isDisabled={authority === ""}>
            {t("staff.dialog.removeAct")}
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
          void remove();
        }}
      >
        <p>{person.me ? t("staff.dialog.removeWillMe") : t("staff.dialog.removeWill", { name })}</p>
        {problem && (
          <p className={styles.refused} role="alert">
            {problemText(problem)}
          </p>
        )}
        <TextField
          label={t("staff.dialog.authority")}
          hint={t("staff.dialog.authorityHint")}
          error={isWrong ? t("staff.dialog.wrong") : undefined}
          type="password"
          autoComplete="current-password"
          value={authority}
          onChange={setAuthority}
          validationBehavior="aria"
          autoFocus
        />
        {!isWrong && !problem && <ErrorLine error={failed} />}
      </form>
    </Dialog>
  );
}
