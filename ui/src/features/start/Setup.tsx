import { useState } from "react";
import { useTranslation } from "react-i18next";
import { commandError } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { useAppState } from "~/session/session.ts";
import { FirstLook } from "./FirstLook.tsx";
import { JoinAtStart } from "./JoinAtStart.tsx";
import { Preview } from "./Preview.tsx";
import { RecoveryKey } from "./RecoveryKey.tsx";
import { RestoreAtStart } from "./RestoreAtStart.tsx";
import { BeginSection, ProtectionSection, WhoSection } from "./SetupSections.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";
import { useSetup } from "./useSetup.ts";

/**
 * First start: who works here, how the data is protected, what to begin with; then the recovery key, once; then how the
 * institution looks to others.
 */
export function Setup() {
  const { t } = useTranslation();
  const { keychain } = useAppState();
  const setup = useSetup(keychain);
  const [kept, setKept] = useState(false);
  const [isJoining, setJoining] = useState(false);
  const { form, failed, creating, recoveryKey } = setup;
  if (recoveryKey !== null && kept) return <FirstLook />;
  if (recoveryKey !== null)
    return <RecoveryKey recoveryKey={recoveryKey} institution={form.institution.trim()} onKept={() => setKept(true)} />;
  if (isJoining) return <JoinAtStart hasKeychain={keychain} onBack={() => setJoining(false)} />;
  return (
    <StartPage
      title={t("start.setup.title")}
      lead={t("start.setup.lead")}
      aside={<Preview institution={form.institution} person={`${form.firstName} ${form.lastName}`} />}
    >
      <form ref={setup.page} className={styles.form} onSubmit={(event) => void setup.submit(event)} noValidate>
        <WhoSection setup={setup} />
        <ProtectionSection setup={setup} hasKeychain={keychain} />
        <BeginSection setup={setup} />
        {failed !== null && commandError(failed).code === "keychain" && (
          <p className={styles.note}>{t("start.setup.keychainFailed")}</p>
        )}
        <ErrorLine error={failed} />
        <div className={styles.submit}>
          <Button variant="primary" type="submit" isDisabled={creating}>
            {t("start.setup.create")}
          </Button>
          <span className={styles.note} role="status">
            {creating &&
              (form.sample === null
                ? t("start.setup.creating")
                : t("start.setup.creatingSample", { count: form.sample }))}
          </span>
        </div>
      </form>
      <div className={styles.submit}>
        <Button variant="quiet" onPress={() => setJoining(true)}>
          {t("sync.join.show")}
        </Button>
      </div>
      <RestoreAtStart />
    </StartPage>
  );
}
