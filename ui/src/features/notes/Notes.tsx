import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type Note } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { IconButton } from "~/kit/components/Button.tsx";
import { PagedList, usePaged } from "~/kit/components/PagedList.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { NoteForm } from "./NoteForm.tsx";
import styles from "./Notes.module.css";
import type { NoteSubject } from "./useNoteDraft.ts";

type Props = {
  about: NoteSubject;
  canEdit: boolean;
  /** Counts up when the person asked to write one. */
  writing?: number;
};

const OF = {
  contact: { list: commands.notesList, add: commands.noteAdd },
  student: { list: commands.studentNotesList, add: commands.studentNoteAdd },
};

/** Notes on a contact, a student or an alum, the latest first: write, change, delete with Undo. */
export function Notes({ about, canEdit, writing = 0 }: Props) {
  const { kind, id } = about;
  const { t } = useTranslation();
  const announce = useAnnounce();
  const notes = usePaged<Note>({
    key: ["notes", "list", id],
    read: ({ after }, limit) => call(OF[kind].list(id, after?.id ?? null, limit)),
  });
  // A change that was begun and not saved is open again.
  const [opened, setOpened] = useState<{ [note: Id]: boolean }>({});
  const isOpen = (note: Note) => canEdit && (opened[note.id] ?? note.has_draft);
  const open = (note: Id, isOpen: boolean) => setOpened((now) => ({ ...now, [note]: isOpen }));

  const remove = async (note: Note) => {
    try {
      const done = await call(commands.noteDelete(note.id));
      announce(done.operation, t("profile.notes.deleted"), t("profile.notes.deletedUndone"));
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <div className={stack.by16}>
      {canEdit && (
        <NoteForm
          about={about}
          note={null}
          label={t("profile.notes.new")}
          act={t("profile.notes.add")}
          focus={writing}
          onSave={async (text) => {
            const created = await call(OF[kind].add(id, text));
            announce(created.operation, t("profile.notes.added"), t("profile.notes.addedUndone"));
          }}
        />
      )}
      <PagedList<Note>
        label={t("profile.tab.notes")}
        paged={notes}
        idOf={(note) => note.id}
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
              {isOpen(note) ? (
                <NoteForm
                  about={about}
                  note={note.id}
                  label={t("profile.notes.edit")}
                  act={t("common.save")}
                  text={note.text}
                  focus={opened[note.id] ? 1 : 0}
                  onClose={() => open(note.id, false)}
                  onSave={async (text) => {
                    if (text === note.text) return;
                    const done = await call(commands.noteEdit(note.id, text));
                    announce(done.operation, t("profile.notes.saved"), t("profile.notes.savedUndone"));
                  }}
                />
              ) : (
                <p className={styles.text}>{note.text}</p>
              )}
            </div>
            {canEdit && !isOpen(note) && (
              <div className={styles.tools}>
                <IconButton
                  label={t("profile.notes.edit")}
                  icon={Pencil}
                  size="small"
                  onPress={() => open(note.id, true)}
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
