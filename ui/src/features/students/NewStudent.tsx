import type { FieldValue } from "~/ipc";
import { NewRecord } from "~/records/forms/NewRecord.tsx";
import { NoInvitation } from "../invitations/NoInvitation.tsx";

const fullName = (values: { [field: string]: FieldValue }) =>
  [values.first_name, values.last_name].filter(Boolean).join(" ");

const DEFAULTS = { standing: "student" };

/** "Create user" (M34): first name, last name and e-mail have to be there. The list stays, the panel is a click away. */
export default function NewStudent({ onClose }: { onClose: () => void }) {
  return (
    <NewRecord
      kind="student"
      words="students"
      defaults={DEFAULTS}
      nameOf={fullName}
      onClose={onClose}
      onCreated={() => {}}
      note={<NoInvitation />}
    />
  );
}
