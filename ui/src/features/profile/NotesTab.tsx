import type { ContactProfile } from "~/ipc";
import { Notes } from "../notes/Notes.tsx";
import type { TabProps } from "../record/RecordPage.tsx";
import { useMay } from "../shell/session.ts";

/** What staff wrote about a contact. */
export default function NotesTab({ record, composing }: TabProps<ContactProfile>) {
  const may = useMay();
  return <Notes contact={record.id} canEdit={may("edit_contacts")} writing={composing} />;
}
