import { lazy, Suspense, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Id, InvitationRow, InvitationStanding, RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useMay } from "~/session/session.ts";
import { reasonText } from "../mail/words.ts";
import styles from "./Invitations.module.css";
import { useCountdown, useInvitationStatus } from "./queries.ts";
import { useSend } from "./useSend.ts";
import { waitText } from "./words.ts";

const PortalDialog = lazy(() => import("./PortalDialog.tsx"));

type Props = {
  kind: RecordKind;
  id: Id;
  name: string;
  activatedAt?: number;
  /** Whether whoever looks may invite and remind; without it, who manages users may. */
  mayInvite?: boolean;
  /** Opens the form with the address, after a message was refused there. */
  onCorrect?: (() => void) | undefined;
};

/** What became of the invitation, what comes next and when, and what was sent before (M40, M41, B8). */
export function InvitationStatus({ kind, id, name, activatedAt, mayInvite, onCorrect }: Props) {
  const may = useMay();
  const standing = useInvitationStatus(kind, id);
  if (standing.error) return <ErrorLine error={standing.error} />;
  if (!standing.data) return <Skeleton lines={2} />;
  const { data, dataUpdatedAt } = standing;
  return (
    <div className={stack.smallBy4}>
      <Summary standing={data} activatedAt={activatedAt} onCorrect={onCorrect} />
      {(mayInvite ?? may("manage_users")) && (
        <Next kind={kind} id={id} name={name} standing={data} since={dataUpdatedAt} />
      )}
      <Ledger standing={data} />
    </div>
  );
}

type SummaryProps = {
  standing: InvitationStanding;
  activatedAt: number | undefined;
  onCorrect: (() => void) | undefined;
};

function Summary({ standing, activatedAt, onCorrect }: SummaryProps) {
  const { t } = useTranslation();
  const { state, reminders, last_at: last, link_until: until } = standing;
  if (state === "activated") {
    return activatedAt === undefined ? (
      <p>{t("invitations.standing.activated")}</p>
    ) : (
      <p>
        <Trans i18nKey="invitations.standing.activatedAt" components={{ when: <When at={activatedAt} /> }} />
      </p>
    );
  }
  const refused = state === "refused" && <Refused entry={standing.entries[0]} onCorrect={onCorrect} />;
  if (last === null) {
    return (
      <>
        {refused}
        <p className={styles.quiet}>{t("invitations.standing.never")}</p>
      </>
    );
  }
  return (
    <>
      {refused}
      <p>
        {reminders > 0 ? (
          <Trans i18nKey="invitations.standing.reminded" count={reminders} components={{ when: <When at={last} /> }} />
        ) : (
          <Trans i18nKey="invitations.standing.invited" components={{ when: <When at={last} /> }} />
        )}
      </p>
      {state === "expired" ? (
        <p className={styles.trouble}>{t("invitations.standing.expired")}</p>
      ) : (
        until !== null &&
        state === "invited" && (
          <p className={styles.quiet}>{t("invitations.standing.until", { when: dateTime(until) })}</p>
        )
      )}
    </>
  );
}

/** Why the last message did not arrive, in people's words and the server's. */
function Refused({ entry, onCorrect }: { entry: InvitationRow | undefined; onCorrect: (() => void) | undefined }) {
  const { t } = useTranslation();
  if (!entry) return null;
  const reason = reasonText(entry.delivery === "bounced" ? "bounced" : (entry.reason ?? "recipient"));
  return (
    <>
      <p className={styles.trouble}>{t("invitations.standing.refused", { reason })}</p>
      {entry.detail && entry.delivery === "refused" && (
        <p className={styles.quiet}>{t("invitations.standing.answer", { detail: entry.detail })}</p>
      )}
      {onCorrect && (
        <div className={styles.act}>
          <Button size="small" onPress={onCorrect}>
            {t("invitations.standing.correct")}
          </Button>
        </div>
      )}
    </>
  );
}

/** The next message, if one may go; if not, why, and for how long. */
function Next({ kind, id, name, standing, since }: Props & { standing: InvitationStanding; since: number }) {
  const { t } = useTranslation();
  const may = useMay();
  const send = useSend();
  const [sending, setSending] = useState(false);
  const [asking, setAsking] = useState(false);
  const left = useCountdown(standing.wait, since);
  const { next, withheld, portal, state } = standing;
  if (state === "activated" || state === "deactivated") return null;
  if (!portal) {
    return (
      <div className={styles.act}>
        <span className={styles.quiet}>{t("invitations.portal.missing")}</span>
        {may("manage_settings") && (
          <Button size="small" onPress={() => setAsking(true)}>
            {t("invitations.portal.set")}
          </Button>
        )}
        <Suspense>{asking && <PortalDialog onClose={() => setAsking(false)} />}</Suspense>
      </div>
    );
  }
  const reminds = next === "reminder";
  const press = async () => {
    setSending(true);
    await send(kind, { by: "ids", ids: [id] }, next, (sent) =>
      sent === 0
        ? t("invitations.remind.done", { count: 0 })
        : t(reminds ? "invitations.remind.sent" : "invitations.invite.sent", { name }),
    );
    setSending(false);
  };
  return (
    <div className={styles.act}>
      <Button size="small" isDisabled={withheld !== null || sending} onPress={() => void press()}>
        {t(reminds ? "invitations.remind.act" : "invitations.invite.act")}
      </Button>
      {withheld === "not_yet" && left !== null ? (
        <span className={styles.wait}>{t("invitations.remind.wait", { time: waitText(left) })}</span>
      ) : (
        withheld !== null && <span className={styles.wait}>{t(`invitations.reason.${withheld}`)}</span>
      )}
    </div>
  );
}

function Ledger({ standing: { entries, total } }: { standing: InvitationStanding }) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <>
      <ol className={styles.ledger} aria-label={t("invitations.standing.ledger")}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {total > entries.length && (
        <p className={styles.quiet}>{t("invitations.standing.more", { count: total - entries.length })}</p>
      )}
    </>
  );
}

function Entry({ entry }: { entry: InvitationRow }) {
  const { t } = useTranslation();
  const { kind, address, author, at, used_at: used, delivery } = entry;
  const parts = [t("invitations.entry.to", { address })];
  if (author) parts.push(t("invitations.entry.by", { author }));
  if (used !== null) parts.push(t("invitations.entry.used", { when: dateTime(used) }));
  const isUnsent = delivery === "refused" || delivery === "not_sent";
  if (entry.reason !== null && isUnsent) parts.push(reasonText(entry.reason));
  const isTrouble = delivery !== "sent" && delivery !== "waiting";
  return (
    <li className={styles.entry}>
      <span className={styles.entryHead}>
        {t(kind === "reminder" ? "invitations.kind.reminder" : "invitations.kind.welcome")}
        <span className={styles.entryWhen}>
          <When at={at} />
        </span>
        <span className={`${styles.entryEnd} ${isTrouble ? styles.trouble : ""}`}>
          {t(`invitations.delivery.${delivery}`)}
        </span>
      </span>
      <span className={styles.entryNote}>{parts.join(" · ")}</span>
    </li>
  );
}
