import { useQuery } from "@tanstack/react-query";
import { Send, SquareArrowOutUpRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { toast } from "~/components/Toast.tsx";
import { type ContactProfile, call, commandError, commands, type MailDraft } from "~/ipc";
import { attributesQuery } from "../fields/queries.ts";
import { useUnsaved } from "../record/useUnsaved.tsx";
import styles from "./Compose.module.css";
import { MessageFields } from "./MessageFields.tsx";
import { MessagePreview } from "./MessagePreview.tsx";
import { isWritten, useMailStatus } from "./queries.ts";
import { problemsOf, useLivePreview, useRested } from "./useDraft.ts";
import { useOutboxActs } from "./useOutboxActs.ts";
import { useTemplatePicker } from "./useTemplatePicker.tsx";

/** Writes an e-mail to one contact (M16): a letter from one person to another. */
export default function ComposeDialog({ contact, onClose }: { contact: ContactProfile; onClose: () => void }) {
  const { t } = useTranslation();
  const { id, name, values } = contact;
  const acts = useOutboxActs();
  const status = useMailStatus();
  const attributes = useQuery(attributesQuery);
  const [draft, setDraft] = useState<MailDraft>({ subject: "", text: "" });
  const [failed, setFailed] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const { picker, question: replace, isUntouched } = useTemplatePicker(draft, setDraft);
  const { close, question } = useUnsaved(!isUntouched, onClose);
  const rested = useRested(draft);
  const preview = useLivePreview(
    ["mail", "preview", rested, "personal", id],
    () => call(commands.mailPreview(rested, "personal", id)),
    isWritten(rested),
  );
  const live = problemsOf(preview.error);
  const refused = problemsOf(failed);
  const isMarked = attributes.data?.some(
    ({ meaning, key, records }) => meaning === "do_not_email" && records === "contact" && values[key] === true,
  );
  const canSend = isWritten(draft) && !sending;
  const setUp = status?.set_up !== false;

  const send = async () => {
    if (!canSend) return;
    setSending(true);
    setFailed(null);
    try {
      const message = await call(commands.mailToContact(id, draft));
      onClose();
      if (setUp) toast(t("mail.compose.queued", { name }));
      else await acts.open({ id: message, name, address: "" });
    } catch (thrown) {
      setFailed(thrown);
      setSending(false);
    }
  };
  return (
    <Dialog
      title={t("mail.compose.title", { name })}
      isOpen
      onClose={close}
      size="wide"
      footer={
        <>
          {!setUp && <span className={styles.footNote}>{t("mail.compose.notSetUp")}</span>}
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button
            variant="primary"
            icon={setUp ? Send : SquareArrowOutUpRight}
            hotkey="Ctrl+Enter"
            isDisabled={!canSend}
            onPress={() => void send()}
          >
            {t(setUp ? "mail.compose.send" : "mail.outbox.open")}
          </Button>
        </>
      }
    >
      <SendKey onSend={() => void send()} />
      <div className={styles.columns}>
        <div className={styles.form}>
          {(isMarked || values.bounced_at) && (
            <p className={styles.note}>{t(isMarked ? "mail.compose.doNotEmail" : "mail.compose.bouncedNote")}</p>
          )}
          {picker}
          <MessageFields
            draft={draft}
            onChange={setDraft}
            problem={(field) => live(field) ?? refused(field)}
            autoFocus
            rows={13}
          />
          {failed !== null && (
            <ErrorLine error={refused("email") || commandError(failed).code !== "validation" ? failed : null} />
          )}
        </div>
        <MessagePreview preview={preview.data} isStale={preview.error !== null && preview.data !== undefined} />
      </div>
      {question}
      {replace}
    </Dialog>
  );
}

/** Ctrl+Enter sends, in the text too. It is inside of the dialog, whose keys are its own. */
export function SendKey({ onSend }: { onSend: () => void }) {
  const { t } = useTranslation();
  useHotkeys(t("mail.page"), [{ keys: "Ctrl+Enter", label: t("mail.compose.send"), run: onSend }]);
  return null;
}
