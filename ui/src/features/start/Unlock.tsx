import { useQueryClient } from "@tanstack/react-query";
import { Eye, EyeOff, TriangleAlert } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/components/Button.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { call, commandError, commands } from "~/ipc";
import { startAnew } from "../shell/lock.ts";
import { useAppState } from "../shell/session.ts";
import styles from "./Start.module.css";
import { StartPage } from "./StartPage.tsx";

/** The desk is there and closed: by its passcode, or because the keychain did not give the key. */
export function Unlock() {
  const { keychain_problem } = useAppState();
  return keychain_problem === null ? <Locked /> : <KeychainProblem detail={keychain_problem} />;
}

function Locked() {
  const { t } = useTranslation();
  return (
    <StartPage title={t("start.unlock.title")} lead={t("start.unlock.lead")}>
      <UnlockForm label={t("start.unlock.label")} hint={t("start.unlock.hint")} isMain />
    </StartPage>
  );
}

/** Explains, offers to try again and the recovery key. Never a reset: the data is there and whole. */
function KeychainProblem({ detail }: { detail: string }) {
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
      <section className={styles.section} aria-labelledby="unlock-or">
        <h2 id="unlock-or" className={styles.heading}>
          {t("start.unlock.or")}
        </h2>
        <UnlockForm label={t("start.unlock.recoveryLabel")} />
      </section>
    </StartPage>
  );
}

type FormProps = { label: string; hint?: string; isMain?: boolean; act?: string; onDone?: () => void };

/** Asks for a passcode and opens the desk to whoever's it is. */
export function UnlockForm({ label, hint, isMain, act, onDone }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [secret, setSecret] = useState("");
  const [shown, setShown] = useState(false);
  const [trying, setTrying] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  const isWrong = failed !== null && commandError(failed).code === "wrong_passcode";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (trying || secret === "") return;
    setTrying(true);
    setFailed(null);
    try {
      await call(commands.unlock(secret));
      onDone?.();
      await startAnew(client);
    } catch (thrown) {
      setFailed(thrown);
      setTrying(false);
      input.current?.select();
    }
  };

  return (
    <form className={styles.unlock} onSubmit={(event) => void submit(event)} noValidate>
      <div className={styles.secret}>
        <TextField
          label={label}
          hint={hint}
          error={isWrong ? t("start.unlock.wrong") : undefined}
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
      {!isWrong && <ErrorLine error={failed} />}
      <div className={styles.submit}>
        <Button variant={isMain ? "primary" : "secondary"} type="submit" isDisabled={secret === "" || trying}>
          {act ?? t("start.unlock.unlock")}
        </Button>
      </div>
    </form>
  );
}
