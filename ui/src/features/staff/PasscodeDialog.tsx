import { useQuery } from "@tanstack/react-query";
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
import { securityQuery } from "../shell/lock.ts";
import { PASSCODE_LEAST } from "../start/setup.ts";
import { personName } from "./kind.ts";
import styles from "./Staff.module.css";

/** Gives a staff member a passcode on this computer; whoever does so shows first that they may. */
export default function PasscodeDialog({ person, onClose }: { person: StaffMember; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const security = useQuery(securityQuery);
  const [passcode, setPasscode] = useState("");
  const [again, setAgain] = useState("");
  const [authority, setAuthority] = useState("");
  const [differs, setDiffers] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const name = personName(person);
  // Where nobody has one yet, the keychain opens the desk and none can be asked for.
  const asksFirst = security.data?.can_lock ?? true;
  const error = failed === null ? null : commandError(failed);
  const problem = error?.code === "validation" ? error.fields[0]?.problem : undefined;
  const isWrong = error?.code === "wrong_passcode";

  const save = async () => {
    // A typing slip here would lock the person out.
    if (passcode !== again) return setDiffers(true);
    setSaving(true);
    setFailed(null);
    try {
      await call(commands.staffPasscode(person.id, passcode, asksFirst ? authority : null));
      toast(person.me ? t("staff.passcodeDoneMe") : t("staff.passcodeDone", { name }));
      onClose();
    } catch (thrown) {
      setFailed(thrown);
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={person.me ? t("staff.dialog.titleMe") : t("staff.dialog.title", { name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isDisabled={saving || passcode === "" || (asksFirst && authority === "")}
          >
            {t("staff.dialog.act")}
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
        <p className={styles.lead}>
          {person.me ? t("staff.dialog.leadMe") : t("staff.dialog.leadOther", { name })}{" "}
          {!asksFirst && t("staff.dialog.first")}
        </p>
        {asksFirst && (
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
        )}
        <TextField
          label={t("staff.dialog.new")}
          hint={t("staff.dialog.hint", { least: PASSCODE_LEAST })}
          error={problem && problemText(problem)}
          type="password"
          autoComplete="new-password"
          value={passcode}
          onChange={(next) => {
            setPasscode(next);
            setDiffers(false);
            setFailed(null);
          }}
          validationBehavior="aria"
          autoFocus={!asksFirst}
        />
        <TextField
          label={t("staff.dialog.again")}
          error={differs ? t("staff.dialog.differs") : undefined}
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(next) => {
            setAgain(next);
            setDiffers(false);
          }}
          validationBehavior="aria"
        />
        {!isWrong && !problem && <ErrorLine error={failed} />}
      </form>
    </Dialog>
  );
}
