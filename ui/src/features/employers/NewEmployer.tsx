import { NewRecord } from "~/records/forms/NewRecord.tsx";

/** "New employer". An employer can have no people at all (M50). */
export default function NewEmployer({ onClose }: { onClose: () => void }) {
  return <NewRecord kind="employer" words="employers" onClose={onClose} />;
}
