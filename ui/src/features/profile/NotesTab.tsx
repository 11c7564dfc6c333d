import type { ContactProfile } from "~/ipc";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { useMay } from "~/session/session.ts";
import { Notes } from "../notes/Notes.tsx";

/** What staff wrote about a contact. */
export default function NotesTab({ record, composing }: TabProps<ContactProfile>) {
  const may = useMay();
  return <Notes about={{ kind: "contact", id: record.id }} canEdit={may("edit_contacts")} writing={composing} />;
}
