import { Send, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  call,
  commands,
  type Id,
  type MailDraft,
  type OutreachPreview,
  progressChannel,
  type RecordKind,
  type Selection,
} from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { problemsOf, unplaced } from "~/kit/components/useSubmit.ts";
import { dateTime } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Compose.module.css";
import { MessageFields } from "./MessageFields.tsx";
import { MessagePreview } from "./MessagePreview.tsx";
import { isWritten, useMailStatus } from "./queries.ts";
import { SendTest } from "./SendTest.tsx";
import { SendTime } from "./SendTime.tsx";
import { useLivePreview } from "./useDraft.ts";
import { useOutboxActs } from "./useOutboxActs.ts";
import { useTemplatePicker } from "./useTemplatePicker.tsx";
import { placeText } from "./words.ts";

/** Names shown for each reason to be left out. */
const NAMED = 5;
/** What stands in for a draft that is not written yet: who gets it does not depend on the words. */
const ANY: MailDraft = { subject: "-", text: "-" };

type Request = { kind: RecordKind; selection: Selection; count: number; done: () => void };

/** Writes to the selected people: who gets the message, who does not and why, how it looks to each of them. */
export default function OutreachDialog({ request, onClose }: { request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const { kind, count: asked, done } = request;
  // Who was taken off the list here; the selection itself stays as it was.
  const [removed, setRemoved] = useState<Id[]>([]);
  const selection = without(request.selection, removed);
  const count = asked - removed.length;
  const { cancelMailing } = useOutboxActs();
  const status = useMailStatus();
  const [draft, setDraft] = useState<MailDraft>({ subject: "", text: "" });
  const [place, setPlace] = useState(0);
  const [later, setLater] = useState(false);
  const [sendAt, setSendAt] = useState<number | null>(null);
  const { picker, question, isUntouched } = useTemplatePicker(draft, setDraft);
  const rested = useRested(draft);
  const written = isWritten(rested);
  const preview = useLivePreview<OutreachPreview>(
    ["mail", "outreach", kind, selection, written ? rested : ANY, place],
    () => call(commands.mailOutreachPreview(kind, selection, written ? rested : ANY, place)),
    true,
  );
  const found = preview.data;
  const problem = problemsOf(preview.error);
  const recipients = found?.recipients ?? 0;
  const isTimed = later && sendAt !== null;
  const canSend =
    (!later || sendAt !== null) &&
    isWritten(draft) &&
    recipients > 0 &&
    !preview.error &&
    JSON.stringify(draft) === JSON.stringify(rested);

  const send = async () => {
    if (!canSend) return;
    onClose();
    try {
      const sent = await runTask(
        t("mail.compose.running"),
        (onProgress) =>
          call(commands.mailOutreachSend(kind, selection, draft, isTimed ? sendAt : null, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      done();
      const left = sent.left_out > 0 ? ` ${t("mail.compose.leftOutAlso", { count: sent.left_out })}` : "";
      const { mailing } = sent;
      // What has not gone yet is called back.
      toast(
        (isTimed
          ? t("mail.compose.scheduledMany", { count: sent.queued, when: dateTime(sendAt) })
          : t("mail.compose.queuedMany", { count: sent.queued })) + left,
        mailing === null ? undefined : () => void cancelMailing(mailing),
      );
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <ActDialog
      title={t("mail.compose.titleMany", { count })}
      onClose={onClose}
      size="wide"
      act={
        found
          ? t(later ? "mail.compose.scheduleMany" : "mail.compose.sendMany", { count: recipients })
          : t("mail.compose.send")
      }
      icon={Send}
      beside={
        status?.set_up === false ? (
          <span className={styles.footNote}>{t("mail.compose.notSetUpMany")}</span>
        ) : (
          <SendTest draft={draft} purpose="outreach" to={found?.shown_id ? { kind, id: found.shown_id } : null} />
        )
      }
      isDirty={!isUntouched}
      isDisabled={!canSend}
      error={unplaced(preview.error)}
      onAct={() => void send()}
      onKey={() => void send()}
    >
      <div className={styles.columns}>
        <div className={stack.shrinkBy16}>
          {found ? (
            <Audience
              kind={kind}
              preview={found}
              isWritten={written}
              removed={removed.length}
              onRemove={(id) => {
                setRemoved([...removed, id]);
                setPlace(0);
              }}
              onRestore={() => setRemoved([])}
            />
          ) : (
            <Skeleton lines={2} />
          )}
          {picker}
          <MessageFields kind={kind} draft={draft} onChange={setDraft} problem={problem} autoFocus rows={10} />
          {status?.set_up && (
            <SendTime isLater={later} at={sendAt} onLater={setLater} onTime={setSendAt} error={problem("send_at")} />
          )}
        </div>
        <MessagePreview
          preview={written ? found?.shown : null}
          isStale={preview.error !== null && written && found !== undefined}
          {...(written ? { place: { at: place, total: recipients, onPlace: setPlace } } : {})}
        />
      </div>
      {question}
    </ActDialog>
  );
}

function without(selection: Selection, removed: Id[]): Selection {
  return selection.by === "ids"
    ? { by: "ids", ids: selection.ids.filter((id) => !removed.includes(id)) }
    : { ...selection, except: [...selection.except, ...removed] };
}

type AudienceProps = {
  kind: RecordKind;
  preview: OutreachPreview;
  isWritten: boolean;
  removed: number;
  onRemove: (id: Id) => void;
  onRestore: () => void;
};

/** Who gets the message, and who does not. */
function Audience({ kind, preview, isWritten: written, removed, onRemove, onRestore }: AudienceProps) {
  const { t } = useTranslation();
  const left = preview.left_out.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={stack.by2}>
      <p className={styles.recipients} role="status">
        {t("mail.compose.recipients", { count: preview.recipients })}
      </p>
      <p className={styles.quiet}>{t("mail.compose.each")}</p>
      {preview.people.length > 0 && (
        <details className={styles.left}>
          <summary>{t("mail.compose.who")}</summary>
          <ul className={styles.people}>
            {preview.people.map(({ id, name }) => (
              <li key={id} className={row.between}>
                <RecordLink kind={kind} id={id} name={name || t("common.unnamed")} />
                <IconButton
                  label={t("mail.compose.remove", { name: name || t("common.unnamed") })}
                  icon={X}
                  size="small"
                  onPress={() => onRemove(id)}
                />
              </li>
            ))}
          </ul>
          {preview.recipients > preview.people.length && (
            <p className={styles.quiet}>
              {t("mail.compose.more", { count: preview.recipients - preview.people.length })}
            </p>
          )}
        </details>
      )}
      {removed > 0 && (
        <p className={styles.quiet}>
          {t("mail.compose.removed", { count: removed })}{" "}
          <Button variant="quiet" size="small" onPress={onRestore}>
            {t("mail.compose.restore")}
          </Button>
        </p>
      )}
      {left > 0 && (
        <details className={styles.left} open={left <= NAMED}>
          <summary>{t("mail.compose.leftOut", { count: left })}</summary>
          <ul>
            {preview.left_out.map(({ reason, count, people }) => (
              <li key={reason}>
                {t("mail.compose.reason", { count, why: t(`mail.left.${reason}`) })}
                <span className={styles.names}>
                  {people.slice(0, NAMED).map(({ id, name }) => (
                    <RecordLink key={id} kind={kind} id={id} name={name || t("common.unnamed")} />
                  ))}
                  {people.length > 0 && count > NAMED && (
                    <span>{t("mail.compose.more", { count: count - NAMED })}</span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {written && preview.empty_places.length > 0 && (
        <ul className={styles.empty}>
          {preview.empty_places.map(({ place, count }) => (
            <li key={place}>{t("mail.compose.emptyPlaces", { place: placeText(place), count })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
