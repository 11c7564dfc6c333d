import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type MailRecipient, type OutboxState } from "~/ipc";
import { useMay } from "~/session/session.ts";
import styles from "./PendingMail.module.css";
import { StateChip } from "./StateChip.tsx";
import { whyText } from "./words.ts";

const NOT_SENT: OutboxState[] = ["waiting", "sending", "unclear", "failed"];
/** Messages looked at; more than a few to one person never wait. */
const MOST = 20;

/** Messages to a person that are in the outbox and not sent, above those that were. */
export function PendingMail({ to }: { to: MailRecipient }) {
  const { t } = useTranslation();
  const may = useMay()("send_mail");
  const { data } = useQuery({
    queryKey: ["mail", "to", to.kind, to.id],
    queryFn: () => call(commands.outboxList({ state: null, mailing: null, to }, 0, MOST)),
    enabled: may,
  });
  const rows = data?.rows.filter(({ state }) => NOT_SENT.includes(state)) ?? [];
  if (rows.length === 0) return null;
  return (
    <ul className={styles.pending} aria-label={t("mail.tab.strip")}>
      {rows.map((row) => (
        <li key={row.id}>
          <StateChip state={row.state} />
          <span className={styles.subject}>{row.subject}</span>
          <span className={styles.why}>{whyText(row)}</span>
          <Link to="/settings/mail/outbox" search={{ message: row.id }}>
            {t("mail.tab.open")}
          </Link>
        </li>
      ))}
    </ul>
  );
}
