import { useQuery } from "@tanstack/react-query";
import { Send, SquareArrowOutUpRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type FieldValue, type Id, type MailDraft, type RecordKind } from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { problemsOf, unplaced, useSubmit } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import { attributesQuery } from "../fields/queries.ts";
import styles from "./Compose.module.css";
import { MessageFields } from "./MessageFields.tsx";
import { MessagePreview } from "./MessagePreview.tsx";
import { isWritten, useMailStatus } from "./queries.ts";
import { SendTest } from "./SendTest.tsx";
import { useLivePreview } from "./useDraft.ts";
import { useOutboxActs } from "./useOutboxActs.ts";
import { useTemplatePicker } from "./useTemplatePicker.tsx";

export type Addressee = {
  kind: RecordKind;
  id: Id;
  name: string;
  /** What the person's record says, as far as it decides about mail. */
  values: { [field: string]: FieldValue };
};

/** Writes an e-mail to one person (M16): a letter from one person to another. */
export default function ComposeDialog({ to, onClose }: { to: Addressee; onClose: () => void }) {
  const { t } = useTranslation();
  const { kind, id, name, values } = to;
  const acts = useOutboxActs();
  const status = useMailStatus();
  const attributes = useQuery(attributesQuery);
  const [draft, setDraft] = useState<MailDraft>({ subject: "", text: "" });
  const { picker, question, isUntouched } = useTemplatePicker(draft, setDraft);
  const rested = useRested(draft);
  const preview = useLivePreview(
    ["mail", "preview", rested, "personal", kind, id],
    () => call(commands.mailPreview(rested, "personal", { kind, id })),
    isWritten(rested),
  );
  const live = problemsOf(preview.error);
  const isMarked =
    values.do_not_email === true ||
    attributes.data?.some(
      ({ meaning, key, records }) => meaning === "do_not_email" && records === kind && values[key] === true,
    );
  const setUp = status?.set_up !== false;
  const { submit, isPending, failed, problem } = useSubmit(async () => {
    const message = await call(commands.mailTo({ kind, id }, draft));
    onClose();
    if (setUp) toast(t("mail.compose.queued", { name }));
    else await acts.open({ id: message, name, address: "" });
  });
  const canSend = isWritten(draft) && !isPending;

  return (
    <ActDialog
      title={t("mail.compose.title", { name })}
      onClose={onClose}
      size="wide"
      act={t(setUp ? "mail.compose.send" : "mail.outbox.open")}
      icon={setUp ? Send : SquareArrowOutUpRight}
      beside={
        setUp ? (
          <SendTest draft={draft} purpose="personal" to={{ kind, id }} />
        ) : (
          <span className={styles.footNote}>{t("mail.compose.notSetUp")}</span>
        )
      }
      isDirty={!isUntouched}
      isDisabled={!canSend}
      // An address that can't be written to has no field here.
      error={problem("email") ? failed : unplaced(failed)}
      onAct={() => void submit()}
      onKey={() => void submit()}
    >
      <div className={styles.columns}>
        <div className={stack.shrinkBy16}>
          {(isMarked || values.bounced_at) && (
            <p className={styles.note}>{t(isMarked ? "mail.compose.doNotEmail" : "mail.compose.bouncedNote")}</p>
          )}
          {picker}
          <MessageFields
            kind={kind}
            draft={draft}
            onChange={setDraft}
            problem={(field) => live(field) ?? problem(field)}
            autoFocus
            rows={13}
          />
        </div>
        <MessagePreview preview={preview.data} isStale={preview.error !== null && preview.data !== undefined} />
      </div>
      {question}
    </ActDialog>
  );
}
