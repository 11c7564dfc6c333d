import { useQuery } from "@tanstack/react-query";
import { call, commands, type Id } from "~/ipc";
import EditRecord from "~/records/forms/EditRecord.tsx";
import { ACTIVITY_KINDS, type ActivityKind } from "./kinds.ts";

/** Edits an activity; reads it whole first, for lists show long texts cut. */
export default function EditActivity({ kind, id, onClose }: { kind: ActivityKind; id: Id; onClose: () => void }) {
  const record = useQuery({
    queryKey: ["activities", "edit", kind, id],
    queryFn: () => call(commands.recordGet(kind, id)),
    gcTime: 0,
  });
  if (!record.data) return null;
  const { omit = [] } = ACTIVITY_KINDS[kind];
  // An e-mail is with one person: a contact, or a student or alum.
  const other = kind === "email" ? [record.data.values.student ? "contact" : "student"] : [];
  return <EditRecord kind={kind} record={record.data} omit={[...omit, ...other]} onClose={onClose} />;
}
