import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { CopyButton } from "~/components/CopyButton.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { call, commandError, commands } from "~/ipc";
import { groupsOf } from "../start/setup.ts";
import styles from "./Security.module.css";

/** The recovery key: what it is for, and a new one. */
export function Recovery({ canLock }: { canLock: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const [asking, setAsking] = useState(false);
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {t("security.recovery.title")}
      </h2>
      <div className={styles.body}>
        <p>{t("security.recovery.about")}</p>
        <Button onPress={() => setAsking(true)}>{t("security.recovery.renew")}</Button>
      </div>
      {asking && <RenewDialog canLock={canLock} onClose={() => setAsking(false)} />}
    </section>
  );
}

function RenewDialog({ canLock, onClose }: { canLock: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const formId = useId();
  const [authority, setAuthority] = useState("");
  const [key, setKey] = useState<string | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [acting, setActing] = useState(false);
  const isWrong = failed !== null && commandError(failed).code === "wrong_passcode";
  const renew = async () => {
    setActing(true);
    setFailed(null);
    try {
      setKey(await call(commands.recoveryRenew(canLock ? authority : null)));
    } catch (thrown) {
      setFailed(thrown);
    }
    setActing(false);
  };
  if (key !== null) {
    return (
      <Dialog
        title={t("security.recovery.shown")}
        isOpen
        onClose={onClose}
        role="alertdialog"
        footer={
          <Button variant="primary" onPress={onClose}>
            {t("security.recovery.done")}
          </Button>
        }
      >
        <div className={styles.form}>
          <p>{t("security.recovery.keep")}</p>
          <output className={styles.key} aria-label={t("security.recovery.title")}>
            {groupsOf(key).map((group, n) => (
              <span key={`${n + 1} ${group}`}>{group}</span>
            ))}
          </output>
          <div>
            <CopyButton text={key} what={t("security.recovery.title")} />
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("security.recovery.dialog")}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={acting || (canLock && authority === "")}>
            {t("security.recovery.act")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void renew();
        }}
      >
        <p>{t("security.recovery.will")}</p>
        <p>{t("security.recovery.ends")}</p>
        {canLock && (
          <TextField
            label={t("staff.dialog.authority")}
            error={isWrong ? t("staff.dialog.wrong") : undefined}
            type="password"
            autoComplete="current-password"
            value={authority}
            onChange={setAuthority}
            validationBehavior="aria"
            autoFocus
          />
        )}
        {!isWrong && <ErrorLine error={failed} />}
      </form>
    </Dialog>
  );
}
