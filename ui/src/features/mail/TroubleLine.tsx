import { useNavigate } from "@tanstack/react-router";
import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { relativeTime } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { useMay } from "~/session/session.ts";
import styles from "./Outbox.module.css";
import { useMailStatus } from "./queries.ts";
import { useOutboxActs } from "./useOutboxActs.ts";
import { isSoon, reasonText } from "./words.ts";

/** Why nothing is sent at the moment, when it is tried again, and what can be done about it. */
export function TroubleLine() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const status = useMailStatus();
  const { tryNow } = useOutboxActs();
  const trouble = status?.trouble;
  if (!status || !trouble || status.waiting === 0) return null;
  const { next_try_at } = status;
  return (
    <div className={`${frame.notice} ${styles.trouble}`} role="status">
      <TriangleAlert size={16} aria-hidden />
      <p>
        {reasonText(trouble.reason)}{" "}
        {trouble.reason === "not_set_up"
          ? t("mail.compose.waitInOutbox")
          : next_try_at !== null &&
            (isSoon(next_try_at)
              ? t("mail.signal.nextSoon")
              : t("mail.signal.next", { when: relativeTime(next_try_at) }))}
        {trouble.detail !== "" && <span className={styles.said}>{trouble.detail}</span>}
      </p>
      {status.set_up && (
        <Button size="small" onPress={() => void tryNow()}>
          {t("mail.outbox.tryNow")}
        </Button>
      )}
      {trouble.stopped && may("manage_settings") && (
        <Button size="small" onPress={() => void navigate({ to: "/settings/mail" })}>
          {t("mail.signal.setUp")}
        </Button>
      )}
    </div>
  );
}
