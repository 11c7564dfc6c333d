import { useQueryClient } from "@tanstack/react-query";
import { Eye, EyeOff, TriangleAlert } from "lucide-react";
import { type FormEvent, lazy, type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type Id } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { rememberedInstitution } from "~/session/institution.ts";
import { startAnew } from "~/session/lock.ts";
import { useAppState } from "~/session/session.ts";
import { RestoreAtStart } from "./RestoreAtStart.tsx";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";

const Recover = lazy(() => import("./Recover.tsx"));

/** The desk is there and closed: by its passcode, or because it could not open by itself. */
export function Unlock() {
  const { problem } = useAppState();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  if (recoveryKey !== null)
    return (
      <Suspense>
        <Recover recoveryKey={recoveryKey} onBack={() => setRecoveryKey(null)} />
      </Suspense>
    );
  if (problem === null) return <Locked onRecovery={setRecoveryKey} />;
  if (problem.kind === "keychain") return <KeychainProblem detail={problem.detail} onRecovery={setRecoveryKey} />;
  return <NoLongerStaff onRecovery={setRecoveryKey} />;
}

type OnRecovery = { onRecovery: (recoveryKey: string) => void };

function Locked({ onRecovery }: OnRecovery) {
  const { t } = useTranslation();
  const institution = rememberedInstitution();
  return (
    <StartPage
      title={t("start.unlock.title")}
      lead={
        <>
          {institution && <span className={styles.institution}>{institution}</span>}
          {t("start.unlock.lead")}
        </>
      }
    >
      <UnlockForm label={t("start.unlock.label")} hint={t("start.unlock.hint")} isMain onRecovery={onRecovery} />
      <RestoreAtStart />
    </StartPage>
  );
}

/** Whoever works on this computer is deactivated, and nobody has a passcode to say that they are somebody else. */
function NoLongerStaff({ onRecovery }: OnRecovery) {
  const { t } = useTranslation();
  return (
    <StartPage title={t("start.unlock.goneTitle")} lead={t("start.unlock.goneLead")}>
      <UnlockForm
        label={t("start.unlock.recoveryLabel")}
        isMain
        act={t("start.recovery.next")}
        onRecovery={onRecovery}
      />
    </StartPage>
  );
}

/** Explains, offers to try again and the recovery key. Never a reset: the data is there and whole. */
function KeychainProblem({ detail, onRecovery }: OnRecovery & { detail: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [trying, setTrying] = useState(false);
  const tryAgain = async () => {
    setTrying(true);
    await client.invalidateQueries({ queryKey: ["institution"] });
    setTrying(false);
  };
  return (
    <StartPage title={t("start.unlock.problemTitle")} lead={t("start.unlock.problemLead")}>
      <p>{t("start.unlock.problemNext")}</p>
      <p className={styles.said}>
        <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
        <span>{t("start.unlock.problemSaid", { detail })}</span>
      </p>
      <div className={styles.submit}>
        <Button variant="primary" isDisabled={trying} onPress={() => void tryAgain()} autoFocus>
          {t("start.unlock.tryAgain")}
        </Button>
      </div>
      <section className={stack.by12} aria-labelledby="unlock-or">
        <h2 id="unlock-or" className={row.heading}>
          {t("start.unlock.or")}
        </h2>
        <UnlockForm label={t("start.unlock.recoveryLabel")} act={t("start.recovery.next")} onRecovery={onRecovery} />
      </section>
      <RestoreAtStart />
    </StartPage>
  );
}

type FormProps = {
  /** Only this person’s passcode counts. */
  person?: Id;
  /** What is said of a wrong one. */
  wrong?: string;
  /** Beside the button. */
  extra?: ReactNode;
  label: string;
  hint?: string;
  isMain?: boolean;
  act?: string;
  onDone?: () => void;
  /** What was entered is the recovery key. */
  onRecovery?: (recoveryKey: string) => void;
};

/** Says how long to wait after several wrong passcodes, and counts it down. */
function Wait({ seconds, onOver }: { seconds: number; onOver: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left === 0) return onOver();
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left, onOver]);
  return (
    <p className={styles.said} role="timer">
      <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
      <span>{t("start.unlock.wait", { count: left })}</span>
    </p>
  );
}

/** Asks for a passcode and opens the desk to whoever's it is. */
export function UnlockForm({ person, label, hint, wrong, isMain, act, extra, onDone, onRecovery }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [secret, setSecret] = useState("");
  const [shown, setShown] = useState(false);
  const [trying, setTrying] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const over = useCallback(() => setFailed(null), []);
  const input = useRef<HTMLInputElement>(null);
  const refused = failed === null ? null : commandError(failed);
  const isWrong = refused?.code === "wrong_passcode";
  const waits = refused?.code === "too_soon" ? refused : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (trying || secret === "" || waits) return;
    setTrying(true);
    setFailed(null);
    try {
      await call(person === undefined ? commands.unlock(secret) : commands.personSwitch(person, secret));
      onDone?.();
      await startAnew(client);
    } catch (thrown) {
      if (onRecovery && commandError(thrown).code === "recovery_key") return onRecovery(secret);
      setFailed(thrown);
      setTrying(false);
      input.current?.select();
    }
  };

  return (
    <form className={stack.by16} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.secret}>
        <TextField
          label={label}
          hint={hint}
          error={isWrong ? (wrong ?? t("start.unlock.wrong")) : undefined}
          type={shown ? "text" : "password"}
          value={secret}
          onChange={(next) => {
            setSecret(next);
            if (isWrong) setFailed(null);
          }}
          validationBehavior="aria"
          autoComplete="current-password"
          spellCheck="false"
          inputRef={input}
          autoFocus={isMain}
        />
        <div className={styles.eye}>
          <IconButton
            label={t(shown ? "start.unlock.hide" : "start.unlock.show")}
            icon={shown ? EyeOff : Eye}
            onPress={() => setShown(!shown)}
          />
        </div>
      </div>
      {waits && <Wait seconds={waits.seconds} onOver={over} />}
      {!(isWrong || waits) && <ErrorLine error={failed} />}
      <div className={styles.submit}>
        <Button
          variant={isMain ? "primary" : "secondary"}
          type="submit"
          isDisabled={secret === "" || trying || waits !== null}
        >
          {act ?? t("start.unlock.unlock")}
        </Button>
        {extra}
      </div>
    </form>
  );
}
