import { Link } from "@tanstack/react-router";
import { CircleAlert, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import signal from "~/kit/components/Signal.module.css";
import { useMailStatus } from "./queries.ts";
import { reasonText } from "./words.ts";

/** In the top bar, only while messages wait for something to change or for somebody: quiet, and ways to the outbox. */
export function MailSignal() {
  const { t } = useTranslation();
  const status = useMailStatus();
  if (!status) return null;
  const { waiting, failed, unclear, trouble } = status;
  const stuck = trouble === null ? 0 : waiting;
  const told = [
    { state: "unclear", messages: unclear, words: t("mail.signal.unclear", { count: unclear }) },
    { state: "failed", messages: failed, words: t("mail.signal.failed", { count: failed }) },
    { state: "waiting", messages: stuck, words: t("mail.signal.waiting", { count: stuck }) },
  ] as const;
  return told.map(({ state, messages, words }) => {
    if (messages === 0) return null;
    const Icon = state === "waiting" ? Clock : CircleAlert;
    return (
      <Link
        key={state}
        to="/settings/mail/outbox"
        search={{ state }}
        className={signal.signal}
        data-state={state}
        title={state === "waiting" && trouble ? reasonText(trouble.reason) : undefined}
        aria-label={t("mail.signal.open", { what: words })}
      >
        <Icon size={14} strokeWidth={2} aria-hidden />
        <span>{words}</span>
      </Link>
    );
  });
}
