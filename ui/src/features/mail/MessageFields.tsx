import { Braces } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Menu, MenuItem } from "~/components/Menu.tsx";
import { TextArea, TextField } from "~/components/TextField.tsx";
import type { MailDraft } from "~/ipc";
import styles from "./Mail.module.css";
import { placeText } from "./words.ts";

/** What can stand in a text for a field of its recipient; Rust refuses any other. */
const PLACES = [
  "first_name",
  "last_name",
  "full_name",
  "name_prefix",
  "title",
  "employer",
  "email",
  "institution",
  "sender_name",
];

type Props = {
  draft: MailDraft;
  onChange: (draft: MailDraft) => void;
  /** What is wrong with a field, from Rust. */
  problem: (field: string) => string | undefined;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  rows?: number;
};

/** Subject and text of a message, with a menu that puts a field of the recipient where one is writing. */
export function MessageFields({ draft, onChange, problem, isReadOnly = false, autoFocus = false, rows = 12 }: Props) {
  const { t } = useTranslation();
  const subject = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const last = useRef<"subject" | "text">("text");
  const insert = (place: string) => {
    const into = last.current;
    const field = into === "subject" ? subject.current : text.current;
    const words = `{{${place}}}`;
    const value = draft[into];
    const [from, to] = [field?.selectionStart ?? value.length, field?.selectionEnd ?? value.length];
    onChange({ ...draft, [into]: value.slice(0, from) + words + value.slice(to) });
    // After the menu gave the focus back, and the field has its new text.
    window.setTimeout(() => {
      field?.focus();
      field?.setSelectionRange(from + words.length, from + words.length);
    }, 60);
  };
  return (
    <>
      <TextField
        label={t("mail.write.subject")}
        value={draft.subject}
        onChange={(next) => onChange({ ...draft, subject: next })}
        onFocus={() => {
          last.current = "subject";
        }}
        error={problem("subject")}
        validationBehavior="aria"
        isReadOnly={isReadOnly}
        autoFocus={autoFocus}
        inputRef={subject}
      />
      <div className={styles.text}>
        {!isReadOnly && (
          <div className={styles.insert}>
            <Menu
              label={t("mail.write.insert")}
              trigger={
                <Button variant="quiet" size="small" icon={Braces}>
                  {t("mail.write.insert")}
                </Button>
              }
            >
              {PLACES.map((place) => (
                <MenuItem key={place} id={place} onAction={() => insert(place)}>
                  {placeText(place)}
                </MenuItem>
              ))}
            </Menu>
          </div>
        )}
        <TextArea
          label={t("mail.write.text")}
          value={draft.text}
          onChange={(next) => onChange({ ...draft, text: next })}
          onFocus={() => {
            last.current = "text";
          }}
          error={problem("text")}
          hint={isReadOnly ? undefined : t("mail.write.insertHint", { open: "{{", close: "}}" })}
          validationBehavior="aria"
          isReadOnly={isReadOnly}
          rows={rows}
          inputRef={text}
        />
      </div>
    </>
  );
}
