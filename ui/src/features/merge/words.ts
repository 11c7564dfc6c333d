import type { TFunction } from "i18next";
import type { MergePreview, RecordKind } from "~/ipc";
import { countOf, listed } from "~/kit/i18n/words.ts";

/** What a merge will do, in sentences. */
export function willHappen(t: TFunction, kind: "contact" | "employer", preview: MergePreview, name: string): string[] {
  const sentences = [t(`merge.will.${kind}`, { count: preview.records.length - 1, name })];
  const counts = new Map<RecordKind, number>();
  for (const { kind: moved, count } of preview.moves) counts.set(moved, (counts.get(moved) ?? 0) + count);
  // What is remembered about pairs is nothing people see.
  counts.delete("distinct_pair");
  if (counts.size > 0) {
    const what = listed([...counts].map(([moved, count]) => countOf(moved, count)));
    sentences.push(t("merge.will.moves", { what, name }));
  }
  if (preview.users > 0) sentences.push(t("merge.will.users", { count: preview.users }));
  const pending = preview.records.filter(({ approval }) => approval === "pending").length;
  if (preview.operation === "contacts.approve_into") sentences.push(t("merge.will.into", { count: pending }));
  sentences.push(t("merge.will.undo"));
  return sentences;
}
