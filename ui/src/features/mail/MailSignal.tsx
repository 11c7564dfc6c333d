import { Link } from "@tanstack/react-router";
import { CircleAlert, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import signal from "~/kit/components/Signal.module.css";
import { useMailStatus } from "./queries.ts";
import { reasonText } from "./words.ts";

/** In the top bar, only while messages wait for something to change or for somebody: quiet, and a way to the outbox. */
export function MailSignal() {
  const { t } = useTranslation();
  const status = useMailStatus();
  if (!status) return null;
  const { waiting, failed, unclear, trouble } = status;
  const isStuck = waiting > 0 && trouble !== null;
  const words =
    unclear > 0
      ? t("mail.signal.unclear", { count: unclear })
      : isStuck
        ? t("mail.signal.waiting", { count: waiting })
        : failed > 0
          ? t("mail.signal.failed", { count: failed })
          : null;
  if (words === null) return null;
  const why = isStuck && trouble ? reasonText(trouble.reason) : undefined;
  const state = unclear > 0 ? "unclear" : isStuck ? "waiting" : "failed";
  const Icon = state === "waiting" ? Clock : CircleAlert;
  return (
    <Link
      to="/settings/mail/outbox"
      search={{ state }}
      className={signal.signal}
      data-state={state}
      title={why}
      aria-label={t("mail.signal.open", { what: words })}
    >
      <Icon size={14} strokeWidth={2} aria-hidden />
      <span>{words}</span>
    </Link>
  );
}
