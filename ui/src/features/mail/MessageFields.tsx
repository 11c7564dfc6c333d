import { Braces } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { MailDraft, RecordKind, TEMPLATE_PLACES } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { TextArea, TextField } from "~/kit/components/TextField.tsx";
import styles from "./Mail.module.css";
import { placeText } from "./words.ts";

type Place = (typeof TEMPLATE_PLACES)[number];

/** What can stand in a text for a field of its recipient; Rust refuses any other. */
const OF_EVERYBODY: Place[] = ["first_name", "last_name", "full_name", "email"];
const OF_SENDER: Place[] = ["institution", "sender_name"];
const PLACES: { [kind in RecordKind]?: Place[] } = {
  contact: [...OF_EVERYBODY, "name_prefix", "title", "employer", ...OF_SENDER],
  employer_user: [...OF_EVERYBODY, "title", "employer", ...OF_SENDER],
  student: [...OF_EVERYBODY, "major", "graduation_year", "group", ...OF_SENDER],
};
const OF_ANYBODY: Place[] = [
  ...OF_EVERYBODY,
  "name_prefix",
  "title",
  "employer",
  "major",
  "graduation_year",
  "group",
  "link_until",
  ...OF_SENDER,
];

type Props = {
  /** Whom it goes to; a template may go to anybody. */
  kind?: RecordKind;
  draft: MailDraft;
  onChange: (draft: MailDraft) => void;
  /** What is wrong with a field, from Rust. */
  problem: (field: string) => string | undefined;
  isReadOnly?: boolean;
  autoFocus?: boolean;
  rows?: number;
};

/** Subject and text of a message, with a menu that puts a field of the recipient where one is writing. */
export function MessageFields(props: Props) {
  const { kind, draft, onChange, problem, isReadOnly = false, autoFocus = false, rows = 12 } = props;
  const places = (kind && PLACES[kind]) ?? OF_ANYBODY;
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
              {places.map((place) => (
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
