import { useQuery } from "@tanstack/react-query";
import { type CacheTag, call, commands, type Id, type RecordKind, type Selection } from "~/ipc";
import { cacheTag } from "~/records/kinds.ts";

/** What is deleted and restored with any kind of record. */
const ALL: CacheTag[] = ["contacts", "employers", "notes", "activities", "employments", "students", "search"];

/** What deleting these would do, before anything is. */
export function useDeletePreview(kind: RecordKind, selection: Selection) {
  return useQuery({
    queryKey: [cacheTag(kind), "delete", kind, selection],
    queryFn: () => call(commands.deletePreview(kind, selection)),
    meta: { tags: ALL },
    gcTime: 0,
  });
}

/** How many records of each kind lie in the trash. */
export function useTrashCounts() {
  return useQuery({
    queryKey: ["contacts", "trash", "counts"],
    queryFn: () => call(commands.trashCounts()),
    meta: { tags: ALL },
  });
}

/** Who deleted this record and when it will be erased; null where it is not in the trash. */
export function useTrashEntry(kind: RecordKind, id: Id, enabled: boolean) {
  return useQuery({
    queryKey: [cacheTag(kind), "trash", kind, id],
    queryFn: () => call(commands.trashFind(kind, id)),
    enabled,
  });
}

/** Key of the contacts' attribute that means "Inactive"; null where staff took it away. */
export function useInactiveAttribute() {
  return useQuery({
    queryKey: ["fields", "meaning", "inactive"],
    queryFn: async () => {
      const filter = [{ field: "meaning", op: "is" as const, values: ["inactive"] }];
      const opened = await call(commands.listOpen({ kind: "attribute", search: "", filter, sort: [] }));
      try {
        const { rows } = await call(commands.listWindow(opened.result, 0, 1, ["number"]));
        const number = rows[0]?.cells[0]?.value;
        return typeof number === "number" ? `a${number}` : null;
      } finally {
        void commands.listClose(opened.result);
      }
    },
  });
}
