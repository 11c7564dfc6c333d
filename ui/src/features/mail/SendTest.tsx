import { CircleCheck, MailCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type MailDraft, type MailRecipient } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { errorText } from "~/kit/i18n/words.ts";
import { useAppState } from "~/session/session.ts";
import styles from "./Compose.module.css";
import { isWritten } from "./queries.ts";
import { reasonText } from "./words.ts";

type Said = { good: boolean; words: string };

type Props = {
  draft: MailDraft;
  purpose: "outreach" | "personal";
  /** Whose name and employer stand in it; an invented person's where there is none. */
  to: MailRecipient | null;
};

/** "Send me a test": the message as this person will get it, to whoever writes it and to no one else. */
export function SendTest({ draft, purpose, to }: Props) {
  const { t } = useTranslation();
  const { actor } = useAppState();
  const [isSending, setSending] = useState(false);
  // What came of it is about the text that was sent; another text has not been tried.
  const [said, setSaid] = useState<(Said & { of: MailDraft }) | null>(null);
  const shown = said?.of === draft ? said : null;
  const send = async () => {
    setSending(true);
    setSaid(null);
    try {
      const { trouble } = await call(commands.mailDraftTest(draft, purpose, to));
      const words = trouble ? reasonText(trouble.reason) : t("mail.compose.test.sent", { to: actor?.email ?? "" });
      setSaid({ good: trouble === null, words, of: draft });
    } catch (thrown) {
      setSaid({ good: false, words: errorText(commandError(thrown)), of: draft });
    } finally {
      setSending(false);
    }
  };
  const Icon = shown?.good ? CircleCheck : TriangleAlert;
  return (
    <div className={styles.test}>
      <Button variant="quiet" icon={MailCheck} isDisabled={!isWritten(draft) || isSending} onPress={() => void send()}>
        {t(isSending ? "mail.compose.test.sending" : "mail.compose.test.send")}
      </Button>
      <span role="status" className={styles.testSaid} data-good={shown?.good}>
        {shown && (
          <>
            <Icon size={16} aria-hidden />
            <span>{shown.words}</span>
          </>
        )}
      </span>
    </div>
  );
}
