import { useQuery } from "@tanstack/react-query";
import { Ban, BellOff, CornerUpLeft, FileDown, RotateCcw, Send, SquareArrowOutUpRight, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, OutboxDecision, OutboxRow } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { dateTime } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import rowStyle from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import list from "~/records/list/List.module.css";
import { RecordLink } from "~/records/pages.tsx";
import { useMay } from "~/session/session.ts";
import styles from "./Outbox.module.css";
import { readMessage } from "./outboxSource.ts";
import { StateChip } from "./StateChip.tsx";
import { useOutboxActs } from "./useOutboxActs.ts";
import { isScheduled, purposeText, whyText } from "./words.ts";

const DECISIONS: OutboxDecision[] = ["was_sent", "send_again", "give_up"];

/** One message of the outbox: what was written, where it stands and why, and what can be done about it. */
export function OutboxPanel({ id, onClose }: { id: Id; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const acts = useOutboxActs();
  const [asking, setAsking] = useState<"cancel_mailing" | "bounced" | null>(null);
  const message = useQuery({
    queryKey: ["mail", "message", id],
    queryFn: () => readMessage(id),
    retry: false,
  });
  const row = message.data?.row;
  const state = row?.state;
  const waits = state === "waiting" || state === "failed";
  const went = state === "sent" || state === "handed_over";
  const name = row ? row.name || row.address : "";
  const whose = row && recipientOf(row);
  return (
    <aside className={`${frame.side} ${list.pane}`} aria-label={t("mail.outbox.panel")}>
      <header className={frame.barTall}>
        <h2 className={styles.panelTitle}>{t("mail.outbox.panel")}</h2>
        <IconButton label={t("common.close")} icon={X} size="small" hotkey="Escape" onPress={onClose} />
      </header>
      <Scrollable className={`${frame.sideBody} ${styles.panelBody}`} label={t("mail.outbox.panel")}>
        {message.error && <ErrorState error={message.error} onRetry={() => void message.refetch()} />}
        {message.isPending && <Skeleton lines={6} />}
        {message.data && row && (
          <>
            <div className={rowStyle.wrapCenter}>
              <StateChip state={row.state} />
              <span className={styles.meta}>
                {purposeText(row.purpose)} · <When at={row.changed_at} />
              </span>
            </div>
            <p className={styles.to}>
              {whose ? <RecordLink kind={whose.kind} id={whose.id} name={name} /> : name}
              <span className={styles.meta}>{row.address}</span>
            </p>
            {isScheduled(row) && (
              <p className={styles.meta}>{t("mail.outbox.scheduled", { when: dateTime(row.due_at) })}</p>
            )}
            {(whyText(row) !== "" || row.attempts > 0) && (
              <div className={styles.why}>
                {whyText(row) !== "" && <p>{whyText(row)}</p>}
                {row.attempts > 0 && <p>{t("mail.outbox.attempts", { count: row.attempts })}</p>}
                {row.detail && whyText(row) !== "" && (
                  <p className={styles.meta}>
                    {t("mail.outbox.said")}: {row.detail}
                  </p>
                )}
              </div>
            )}
            {state === "unclear" && (
              <section className={`${stack.by8} ${styles.decide}`} aria-label={t("mail.outbox.unclear.title")}>
                <h3>{t("mail.outbox.unclear.title")}</h3>
                <p className={styles.meta}>{t("mail.outbox.unclear.note")}</p>
                <div className={styles.acts}>
                  {DECISIONS.map((decision) => (
                    <Button key={decision} size="small" onPress={() => void acts.decide(row, decision)}>
                      {t(`mail.outbox.unclear.${decision}`)}
                    </Button>
                  ))}
                </div>
              </section>
            )}
            <div className={styles.acts}>
              {isScheduled(row) && (
                <Button size="small" icon={Send} onPress={() => void acts.sendNow([id])}>
                  {t("mail.outbox.sendNow")}
                </Button>
              )}
              {state === "failed" && (
                <Button size="small" icon={RotateCcw} hotkey="r" onPress={() => void acts.retry([id])}>
                  {t("mail.outbox.retry")}
                </Button>
              )}
              {waits && !row.withheld && (
                <>
                  <Button size="small" icon={SquareArrowOutUpRight} onPress={() => void acts.open(row)}>
                    {t("mail.outbox.open")}
                  </Button>
                  <Button size="small" variant="quiet" icon={FileDown} onPress={() => void acts.save(id)}>
                    {t("mail.outbox.save")}
                  </Button>
                </>
              )}
              {waits && (
                <Button size="small" variant="quiet" icon={Ban} onPress={() => void acts.cancel([id])}>
                  {t("mail.outbox.cancelOne")}
                </Button>
              )}
              {state === "waiting" && row.purpose !== "personal" && (
                <Button size="small" variant="quiet" onPress={() => setAsking("cancel_mailing")}>
                  {t("mail.outbox.cancelMailing")}
                </Button>
              )}
              {went && !row.withheld && may("edit_contacts") && (
                <Button size="small" variant="quiet" icon={CornerUpLeft} onPress={() => setAsking("bounced")}>
                  {t("mail.outbox.came")}
                </Button>
              )}
              {went && whose && may(whose.kind === "contact" ? "edit_contacts" : "manage_users") && (
                <Button
                  size="small"
                  variant="quiet"
                  icon={BellOff}
                  onPress={() => void acts.silence(whose, name, true)}
                >
                  {t("mail.outbox.unsubscribed")}
                </Button>
              )}
            </div>
            {row.withheld ? (
              <p className={styles.meta}>{t("mail.outbox.withheld")}</p>
            ) : (
              <>
                <h3 className={styles.subject}>{row.subject}</h3>
                <p className={styles.text}>{message.data.text}</p>
              </>
            )}
            {message.data.button && (
              <div className={stack.by4}>
                <p className={styles.button}>
                  <span className="visually-hidden">{t("mail.outbox.button")}: </span>
                  {message.data.button.label}
                </p>
                {message.data.button.url && (
                  <p className={styles.meta}>
                    {t("mail.outbox.leadsTo")} <span className={styles.id}>{message.data.button.url}</span>
                  </p>
                )}
              </div>
            )}
            {message.data.message_id && (
              <p className={styles.meta}>
                {t("mail.outbox.messageId")}: <span className={styles.id}>{message.data.message_id}</span>
              </p>
            )}
          </>
        )}
      </Scrollable>
      {row && (
        <>
          <ConfirmDialog
            title={t("mail.outbox.cancelMailing")}
            sentences={[t("mail.outbox.cancelMailingNote")]}
            act={t("mail.outbox.cancel")}
            cancel={t("mail.outbox.keep")}
            destructive
            isOpen={asking === "cancel_mailing"}
            onClose={() => setAsking(null)}
            onConfirm={() => {
              setAsking(null);
              void acts.cancelMailing(row.mailing);
            }}
          />
          <ConfirmDialog
            title={t("mail.outbox.cameTitle", { name })}
            sentences={[t("mail.outbox.cameNote", { name })]}
            act={t("mail.outbox.cameAct")}
            isOpen={asking === "bounced"}
            onClose={() => setAsking(null)}
            onConfirm={() => {
              setAsking(null);
              void acts.bounced(row);
            }}
          />
        </>
      )}
    </aside>
  );
}

/** Whose page a message belongs to; an employer user is written to as the linked contact. */
function recipientOf({ contact, student }: OutboxRow): { kind: "contact" | "student"; id: Id } | null {
  if (contact) return { kind: "contact", id: contact };
  return student ? { kind: "student", id: student } : null;
}
