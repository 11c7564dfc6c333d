import { NewRecord } from "~/records/forms/NewRecord.tsx";

/** "New group". */
export default function NewGroup({ onClose }: { onClose: () => void }) {
  return <NewRecord kind="user_group" words="groups" onClose={onClose} />;
}
