import type { Id, OperationKind } from "~/ipc";
import { GROUPS, KIND_GROUPS, type KindGroup } from "./kindGroups.ts";

/** Kinds of steps: a group that the filter offers, or the only one of another page's number. */
export type ShownKinds = KindGroup | OperationKind;

/** What the history's address holds: search and filter, and the step that is open. */
export type HistorySearch = { q?: string; person?: Id; kind?: ShownKinds; day?: string; step?: Id };

export function historySearch(raw: Record<string, unknown>): HistorySearch {
  const search: HistorySearch = {};
  if (raw.q !== undefined && String(raw.q).trim() !== "") search.q = String(raw.q);
  if (typeof raw.person === "string") search.person = raw.person;
  const kind = [...GROUPS, ...GROUPS.flatMap((group) => [...KIND_GROUPS[group]])].find((each) => each === raw.kind);
  if (kind) search.kind = kind;
  if (typeof raw.day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(raw.day)) search.day = raw.day;
  if (typeof raw.step === "string") search.step = raw.step;
  return search;
}

/** The kinds that are asked for; none where all are. */
export function kindsOf(kind: ShownKinds | undefined): OperationKind[] {
  if (kind === undefined) return [];
  const group = GROUPS.find((each) => each === kind);
  return group ? [...KIND_GROUPS[group]] : [kind as OperationKind];
}
