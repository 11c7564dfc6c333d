import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffMember } from "~/ipc";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { securityQuery } from "~/session/lock.ts";
import { NewPasscodeFields, useNewPasscode } from "../start/NewPasscode.tsx";
import { AuthorityField } from "./AuthorityField.tsx";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Gives a staff member a passcode on this computer; whoever does so shows first that they may. */
export default function PasscodeDialog({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const security = useQuery(securityQuery);
  const typed = useNewPasscode();
  const [authority, setAuthority] = useState("");
  const name = personName(person);
  // Where nobody has one yet, the keychain opens the desk and none can be asked for.
  const asksFirst = security.data?.can_lock ?? true;

  const form = useSubmit(async () => {
    if (!typed.isConfirmed()) return;
    await call(commands.staffPasscode(person.id, typed.passcode, asksFirst ? authority : null));
    toast(person.me ? t("staff.passcodeDoneMe") : t("staff.passcodeDone", { name }));
    onClose();
  });

  const isWrong = form.error?.code === "wrong_passcode";

  return (
    <FormDialog
      title={person.me ? t("staff.dialog.titleMe") : t("staff.dialog.title", { name })}
      onClose={onClose}
      act={t("staff.dialog.act")}
      isDisabled={typed.passcode === "" || (asksFirst && authority === "")}
      {...(isWrong && { error: null })}
      form={form}
    >
      <p className={styles.lead}>
        {person.me ? t("staff.dialog.leadMe") : t("staff.dialog.leadOther", { name })}{" "}
        {!asksFirst && t("staff.dialog.first")}
      </p>
      {asksFirst && (
        <AuthorityField
          hint={t("staff.dialog.authorityHint")}
          isWrong={isWrong}
          value={authority}
          onChange={setAuthority}
        />
      )}
      <NewPasscodeFields typed={typed} error={form.problem()} onChange={form.clear} autoFocus={!asksFirst} />
    </FormDialog>
  );
}
