import type { FieldValue, Id } from "~/ipc";
import { NewRecord } from "~/records/forms/NewRecord.tsx";

const OMIT = ["owner", "auto_sync"];
const DEFAULTS = { visibility: "career_advisors" };
const fullName = (values: { [field: string]: FieldValue }) =>
  [values.first_name, values.last_name].filter(Boolean).join(" ");

/** "New contact": it goes straight into the directory (M2, M3). */
export default function NewContact({
  employer,
  onClose,
}: {
  /** The employer it begins with. */
  employer?: Id;
  onClose: () => void;
}) {
  return (
    <NewRecord
      kind="contact"
      words="contacts"
      omit={OMIT}
      defaults={employer ? { ...DEFAULTS, employer } : DEFAULTS}
      nameOf={fullName}
      onClose={onClose}
    />
  );
}
