import { Trans, useTranslation } from "react-i18next";
import { When } from "~/components/When.tsx";
import { dateTime } from "~/i18n/words.ts";
import type { InvitationEntry, StudentPanel } from "~/ipc";
import { Section } from "./Section.tsx";
import styles from "./Students.module.css";

/** What became of the invitation, and the ledger of what was sent (M40, B8). */
export function InvitationSection({ panel }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const { invitations, invited } = panel;
  return (
    <Section title={t("students.section.invitation")}>
      <Summary panel={panel} />
      {invitations.length > 0 && (
        <ol className={styles.ledger} aria-label={t("students.invitation.ledger")}>
          {invitations.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {invited > invitations.length && (
        <p className={styles.quiet}>{t("students.invitation.more", { count: invited - invitations.length })}</p>
      )}
    </Section>
  );
}

function Summary({ panel: { values, invited } }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const activated = values.activated_at;
  const last = values.invited_at;
  if (typeof activated === "number") {
    return (
      <p>
        <Trans i18nKey="students.invitation.activated" components={{ when: <When at={activated} /> }} />
      </p>
    );
  }
  if (typeof last !== "number") return <p className={styles.quiet}>{t("students.invitation.never")}</p>;
  return (
    <p>
      {invited > 1 ? (
        <Trans i18nKey="students.invitation.reminded" count={invited - 1} components={{ when: <When at={last} /> }} />
      ) : (
        <Trans i18nKey="students.invitation.sent" components={{ when: <When at={last} /> }} />
      )}
    </p>
  );
}

function Entry({ entry }: { entry: InvitationEntry }) {
  const { t } = useTranslation();
  const { kind, address, author, sent_at, used_at, expires_at } = entry;
  const link =
    used_at !== null
      ? t("students.invitation.used")
      : expires_at === null
        ? null
        : expires_at < Date.now()
          ? t("students.invitation.expired")
          : t("students.invitation.expires", { when: dateTime(expires_at) });
  return (
    <li className={styles.entry}>
      <span className={styles.entryHead}>
        {t(kind === "reminder" ? "students.invitation.reminder" : "students.invitation.welcome")}
        {sent_at !== null && (
          <span className={styles.entryWhen}>
            <When at={sent_at} />
          </span>
        )}
      </span>
      <span className={styles.quiet}>
        {[t("students.invitation.to", { address }), author ? t("students.invitation.by", { author }) : null, link]
          .filter((part) => part !== null)
          .join(" · ")}
      </span>
    </li>
  );
}
