import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import { PasscodeFields } from "./PasscodeFields.tsx";
import { RecoveryKey } from "./RecoveryKey.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";
import { passcodeProblem } from "./setup.ts";

/** First start on another computer: a copy of what colleagues have, from the hub of the institution. */
export function JoinAtStart({ hasKeychain, onBack }: { hasKeychain: boolean; onBack: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form, setForm] = useState({ address: "", code: "", email: "", passcode: "", passcodeAgain: "" });
  const [isChecked, setChecked] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const change = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const joining = useSubmit(async () => {
    const passcode = hasKeychain && form.passcode === "" ? null : form.passcode;
    const done = await call(commands.syncJoin(form.address.trim(), form.code.trim(), form.email.trim(), passcode));
    setRecoveryKey(done.recovery_key);
  });
  const asksPasscode = !hasKeychain || form.passcode !== "" || form.passcodeAgain !== "";
  const slip = passcodeProblem({ ...form, protection: asksPasscode ? "passcode" : "keychain" });
  const missing = (value: string, words: string) => (isChecked && value.trim() === "" ? words : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const isFull = [form.address, form.code, form.email].every((value) => value.trim() !== "");
    if (isFull && slip === null) void joining.submit();
  };
  const opening = useSubmit(async () => {
    if (form.passcode !== "") await call(commands.unlock(form.passcode));
    await client.invalidateQueries({ queryKey: ["institution"] });
  });
  if (recoveryKey !== null)
    return (
      <RecoveryKey
        recoveryKey={recoveryKey}
        institution=""
        failed={opening.failed}
        onKept={() => void opening.submit()}
      />
    );
  const failed = unplaced(joining.failed);
  return (
    <StartPage title={t("sync.join.title")} lead={t("sync.join.lead")}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={stack.by12}>
          <TextField
            label={t("sync.connect.address")}
            hint={t("sync.connect.addressHint")}
            error={missing(form.address, t("sync.connect.addressMissing"))}
            value={form.address}
            onChange={(address) => change({ address })}
            validationBehavior="aria"
            autoComplete="url"
            autoFocus
          />
          <TextField
            label={t("sync.connect.code")}
            error={missing(form.code, t("sync.connect.codeMissing"))}
            value={form.code}
            onChange={(code) => change({ code })}
            validationBehavior="aria"
            autoComplete="off"
          />
          <TextField
            type="email"
            label={t("sync.join.email")}
            hint={t("sync.join.emailHint")}
            error={missing(form.email, t("sync.join.emailMissing"))}
            value={form.email}
            onChange={(email) => change({ email })}
            validationBehavior="aria"
            autoComplete="email"
          />
          {hasKeychain && <p className={styles.note}>{t("sync.join.passcodeOptional")}</p>}
          <PasscodeFields
            passcode={form.passcode}
            again={form.passcodeAgain}
            slip={isChecked ? slip : null}
            problem={joining.problem("passcode")}
            onChange={(passcode) => change({ passcode })}
            onChangeAgain={(passcodeAgain) => change({ passcodeAgain })}
          />
        </div>
        {failed !== null && commandError(failed).code === "keychain" && (
          <p className={styles.note}>{t("start.setup.keychainFailed")}</p>
        )}
        <ErrorLine error={failed} />
        <div className={styles.submit}>
          <Button variant="primary" type="submit" isDisabled={joining.isPending}>
            {t("sync.join.act")}
          </Button>
          <Button variant="quiet" onPress={onBack} isDisabled={joining.isPending}>
            {t("sync.join.back")}
          </Button>
          <span className={styles.note} role="status">
            {joining.isPending && t("sync.join.acting")}
          </span>
        </div>
      </form>
    </StartPage>
  );
}
