import { Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type Id, type Note } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { PagedList, usePaged } from "~/kit/components/PagedList.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { TextArea } from "~/kit/components/TextField.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import { problemText } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Notes.module.css";

type Props = { contact: Id; canEdit: boolean /** Counts up when the person asked to write one. */; writing?: number };

/** Notes on a contact, the latest first: write, change, delete with Undo. */
export function Notes({ contact, canEdit, writing = 0 }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const notes = usePaged<Note>({
    key: ["notes", "list", contact],
    read: ({ after }, limit) => call(commands.notesList(contact, after?.id ?? null, limit)),
  });
  const [editing, setEditing] = useState<Id | null>(null);

  const remove = async (note: Note) => {
    try {
      const done = await call(commands.noteDelete(note.id));
      announce(done.operation, t("profile.notes.deleted"));
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <div className={stack.by16}>
      {canEdit && (
        <NoteForm
          label={t("profile.notes.new")}
          act={t("profile.notes.add")}
          focus={writing}
          onSave={async (text) => {
            const created = await call(commands.noteAdd(contact, text));
            announce(created.operation, t("profile.notes.added"));
          }}
        />
      )}
      <PagedList<Note>
        label={t("profile.tab.notes")}
        paged={notes}
        idOf={({ id }) => id}
        empty={canEdit ? null : <EmptyState>{t("profile.notes.none")}</EmptyState>}
      >
        {(note) => (
          <div className={styles.note}>
            <Avatar name={note.author} />
            <div className={styles.body}>
              <div className={styles.head}>
                <span className={styles.author}>{note.author}</span>
                <When at={note.created_at} />
                {note.edited && <span>{t("profile.notes.edited")}</span>}
              </div>
              {editing === note.id ? (
                <NoteForm
                  label={t("profile.notes.edit")}
                  act={t("common.save")}
                  text={note.text}
                  focus={1}
                  onCancel={() => setEditing(null)}
                  onSave={async (text) => {
                    if (text !== note.text) {
                      const done = await call(commands.noteEdit(note.id, text));
                      announce(done.operation, t("profile.notes.saved"));
                    }
                    setEditing(null);
                  }}
                />
              ) : (
                <p className={styles.text}>{note.text}</p>
              )}
            </div>
            {canEdit && editing !== note.id && (
              <div className={styles.tools}>
                <IconButton
                  label={t("profile.notes.edit")}
                  icon={Pencil}
                  size="small"
                  onPress={() => setEditing(note.id)}
                />
                <IconButton
                  label={t("profile.notes.delete")}
                  icon={Trash2}
                  size="small"
                  tone="bad"
                  onPress={() => void remove(note)}
                />
              </div>
            )}
          </div>
        )}
      </PagedList>
    </div>
  );
}

type FormProps = {
  label: string;
  act: string;
  text?: string;
  focus: number;
  onSave: (text: string) => Promise<void>;
  onCancel?: () => void;
};

function NoteForm({ label, act, text: initial = "", focus, onSave, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(initial);
  const [error, setError] = useState<string>();
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
      setText(initial);
      setError(undefined);
    } catch (thrown) {
      const detail = commandError(thrown);
      if (detail.code === "validation" && detail.fields[0]) setError(problemText(detail.fields[0].problem));
      else toastError(thrown);
    } finally {
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === "Escape" && onCancel) {
      event.stopPropagation();
      onCancel();
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
        onChange={setText}
        error={error}
        inputRef={input}
        rows={text.includes("\n") || focus > 0 ? 4 : 2}
      />
      {(text !== initial || onCancel) && (
        <div className={row.end}>
          {onCancel && (
            <Button variant="quiet" size="small" onPress={onCancel}>
              {t("common.cancel")}
            </Button>
          )}
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
      )}
    </div>
  );
}
