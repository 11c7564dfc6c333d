import { CircleCheck, TriangleAlert } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type MailTested } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { problemsOf } from "~/kit/components/useSubmit.ts";
import row from "~/kit/layout/Row.module.css";
import text from "~/kit/layout/Text.module.css";
import { useAppState } from "~/session/session.ts";
import styles from "./Mail.module.css";
import { reasonText } from "./words.ts";

/** Sends a test message with the saved settings and says what came of it. */
export function TestMessage({ canSend }: { canSend: boolean }) {
  const { t } = useTranslation();
  const { actor } = useAppState();
  const [to, setTo] = useState(actor?.email ?? "");
  const [sending, setSending] = useState(false);
  const [tested, setTested] = useState<(MailTested & { to: string }) | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const line = useRef<HTMLFormElement>(null);
  const send = async () => {
    setSending(true);
    setTested(null);
    setFailed(null);
    try {
      setTested({ ...(await call(commands.mailTest(to))), to });
    } catch (thrown) {
      setFailed(thrown);
    } finally {
      setSending(false);
      // What came of it stands in this line, which may be at the lower edge.
      window.setTimeout(() => line.current?.scrollIntoView?.({ block: "nearest" }), 0);
    }
  };
  const problem = problemsOf(failed)("to");
  return (
    <section className={styles.test} aria-labelledby="mail-test">
      <h2 id="mail-test" className={`${text.legend} ${styles.legend}`}>
        {t("mail.settings.test.title")}
      </h2>
      <p className={styles.note}>
        {canSend
          ? t("mail.settings.test.lead")
          : `${t("mail.settings.test.lead")} ${t("mail.settings.test.saveFirst")}`}
      </p>
      <form
        ref={line}
        className={`${row.top} ${styles.testRow}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (canSend && !sending) void send();
        }}
      >
        <TextField
          label={t("mail.settings.test.to")}
          value={to}
          onChange={setTo}
          error={problem}
          validationBehavior="aria"
        />
        <Button type="submit" isDisabled={!canSend || sending}>
          {t(sending ? "mail.settings.test.sending" : "mail.settings.test.send")}
        </Button>
        <div role="status" className={styles.testSaid}>
          {tested?.sent && (
            <p className={styles.good}>
              <CircleCheck size={16} aria-hidden />
              <span>{t("mail.settings.test.sent", { to: tested.to })}</span>
            </p>
          )}
          {tested?.trouble && (
            <p className={styles.bad}>
              <TriangleAlert size={16} aria-hidden />
              <span>
                {reasonText(tested.trouble.reason)}
                {tested.trouble.detail !== "" && <span className={styles.said}>{tested.trouble.detail}</span>}
              </span>
            </p>
          )}
        </div>
      </form>
      {failed !== null && commandError(failed).code !== "validation" && <ErrorLine error={failed} />}
    </section>
  );
}
