import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { AuthorityField } from "./AuthorityField.tsx";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Takes a passcode away from a staff member on this computer. */
export default function RemovePasscode({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const [authority, setAuthority] = useState("");
  const name = personName(person);
  const form = useSubmit(async () => {
    await call(commands.staffPasscode(person.id, null, authority));
    toast(person.me ? t("staff.passcodeGoneMe") : t("staff.passcodeGone", { name }));
    onClose();
  });
  const isWrong = form.error?.code === "wrong_passcode";
  const problem = form.problem();
  return (
    <FormDialog
      title={person.me ? t("staff.dialog.removeTitleMe") : t("staff.dialog.removeTitle", { name })}
      onClose={onClose}
      role="alertdialog"
      act={t("staff.dialog.removeAct")}
      destructive
      isDisabled={authority === ""}
      {...(isWrong && { error: null })}
      form={form}
    >
      <p>{person.me ? t("staff.dialog.removeWillMe") : t("staff.dialog.removeWill", { name })}</p>
      {problem && (
        <p className={styles.refused} role="alert">
          {problem}
        </p>
      )}
      <AuthorityField
        hint={t("staff.dialog.authorityHint")}
        isWrong={isWrong}
        value={authority}
        onChange={setAuthority}
      />
    </FormDialog>
  );
}
