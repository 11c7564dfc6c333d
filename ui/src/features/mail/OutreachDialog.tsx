import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  call,
  commands,
  type MailDraft,
  type OutreachPreview,
  progressChannel,
  type RecordKind,
  type Selection,
} from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { problemsOf, unplaced } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Compose.module.css";
import { MessageFields } from "./MessageFields.tsx";
import { MessagePreview } from "./MessagePreview.tsx";
import { isWritten, useMailStatus } from "./queries.ts";
import { useLivePreview } from "./useDraft.ts";
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
  const { kind, selection, count, done } = request;
  const status = useMailStatus();
  const [draft, setDraft] = useState<MailDraft>({ subject: "", text: "" });
  const [place, setPlace] = useState(0);
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
  const canSend =
    isWritten(draft) && recipients > 0 && !preview.error && JSON.stringify(draft) === JSON.stringify(rested);

  const send = async () => {
    if (!canSend) return;
    onClose();
    try {
      const sent = await runTask(
        t("mail.compose.running"),
        (onProgress) => call(commands.mailOutreachSend(kind, selection, draft, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      done();
      const left = sent.left_out > 0 ? ` ${t("mail.compose.leftOutAlso", { count: sent.left_out })}` : "";
      toast(t("mail.compose.queuedMany", { count: sent.queued }) + left);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <ActDialog
      title={t("mail.compose.titleMany", { count })}
      onClose={onClose}
      size="wide"
      act={found ? t("mail.compose.sendMany", { count: recipients }) : t("mail.compose.send")}
      icon={Send}
      beside={status?.set_up === false && <span className={styles.footNote}>{t("mail.compose.notSetUpMany")}</span>}
      isDirty={!isUntouched}
      isDisabled={!canSend}
      error={unplaced(preview.error)}
      onAct={() => void send()}
      onKey={() => void send()}
    >
      <div className={styles.columns}>
        <div className={stack.shrinkBy16}>
          {found ? <Audience kind={kind} preview={found} isWritten={written} /> : <Skeleton lines={2} />}
          {picker}
          <MessageFields kind={kind} draft={draft} onChange={setDraft} problem={problem} autoFocus rows={10} />
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

/** Who gets the message, and who does not. */
function Audience(props: { kind: RecordKind; preview: OutreachPreview; isWritten: boolean }) {
  const { kind, preview, isWritten: written } = props;
  const { t } = useTranslation();
  const left = preview.left_out.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className={stack.by2}>
      <p className={styles.recipients} role="status">
        {t("mail.compose.recipients", { count: preview.recipients })}
      </p>
      <p className={styles.quiet}>{t("mail.compose.each")}</p>
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
