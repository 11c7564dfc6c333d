import type { FieldValue } from "~/ipc";
import { NewRecord } from "~/records/forms/NewRecord.tsx";
import { ACTIVITY_KINDS, type ActivityKind, startingValues } from "./kinds.ts";

type Props = {
  kind: ActivityKind;
  /** Sent and not asked, for example the contact it is about. */
  fixed?: { [field: string]: FieldValue };
  omit?: string[];
  onClose: () => void;
};

/** A new task, meeting, event and so on. */
export default function NewActivity({ kind, fixed = {}, omit = [], onClose }: Props) {
  const { words, omit: never = [] } = ACTIVITY_KINDS[kind];
  return (
    <NewRecord
      kind={kind}
      words={words}
      fixed={fixed}
      omit={[...never, ...omit]}
      defaults={startingValues(kind)}
      nameOf={(values) => String(values.title ?? values.subject ?? "")}
      onCreated={() => undefined}
      onClose={onClose}
    />
  );
}
