import type { Id, OperationKind } from "~/ipc";
import { KINDS } from "./sentence.ts";

/** What the history's address holds: the filter, and the step that is open. */
export type HistorySearch = { person?: Id; kind?: OperationKind; day?: string; step?: Id };

export function historySearch(raw: Record<string, unknown>): HistorySearch {
  const search: HistorySearch = {};
  if (typeof raw.person === "string") search.person = raw.person;
  const kind = KINDS.find((each) => each === raw.kind);
  if (kind) search.kind = kind;
  if (typeof raw.day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(raw.day)) search.day = raw.day;
  if (typeof raw.step === "string") search.step = raw.step;
  return search;
}
