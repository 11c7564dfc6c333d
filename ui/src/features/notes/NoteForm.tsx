import { FilePenLine } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { commandError, type Id } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { TextArea } from "~/kit/components/TextField.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { problemText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { type NoteSubject, useNoteDraft } from "./useNoteDraft.ts";

type Props = {
  about: NoteSubject;
  /** The note that is changed; null for a new one. */
  note: Id | null;
  label: string;
  act: string;
  /** What is saved already. */
  text?: string;
  /** Where it is more than zero, the field takes the focus as it counts up. */
  focus: number;
  onSave: (text: string) => Promise<void>;
  /** After it was saved or given up. */
  onClose?: () => void;
};

/** The field a note is written in. What is typed is kept as a draft until it is saved or discarded. */
export function NoteForm({ about, note, label, act, text: saved = "", focus, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const { text, change, discard, error, setError, isDraft } = useNoteDraft(about, note, saved);
  const [saving, setSaving] = useState(false);
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus > 0) input.current?.focus();
  }, [focus]);

  const save = async () => {
    if (saving || text.trim() === "") return;
    setSaving(true);
    try {
      await onSave(text.trim());
      discard();
      onClose?.();
    } catch (thrown) {
      const detail = commandError(thrown);
      if (detail.code === "validation" && detail.fields[0]) setError(problemText(detail.fields[0].problem));
      else toastError(thrown);
    } finally {
      setSaving(false);
    }
  };
  const giveUp = () => {
    discard();
    if (onClose) onClose();
    else input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape" && onClose) {
      event.stopPropagation();
      giveUp();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: catches keys of the field inside.
    <div className={stack.by8} onKeyDown={onKeyDown}>
      <TextArea
        label={label}
        hideLabel
        placeholder={label}
        value={text}
        onChange={change}
        error={error}
        inputRef={input}
        rows={text.includes("\n") || focus > 0 ? 4 : 2}
      />
      {(isDraft || onClose) && (
        <div className={row.between}>
          {isDraft ? (
            <Chip icon={FilePenLine} tone="waits" title={t("profile.notes.draftKept")}>
              {t("profile.notes.draft")}
            </Chip>
          ) : (
            <span />
          )}
          <div className={row.end}>
            <Button variant="quiet" size="small" onPress={giveUp}>
              {t(isDraft ? "profile.notes.discard" : "common.cancel")}
            </Button>
            <Button
              variant="primary"
              size="small"
              hotkey="Ctrl+Enter"
              onPress={() => void save()}
              isDisabled={text.trim() === ""}
            >
              {act}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
