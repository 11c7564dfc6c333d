import type { TFunction } from "i18next";
import type { DryRun, ImportDone, ImportFilter, ImportOpened, ImportOutcome, ImportTarget, RecordKind } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { countOf } from "~/kit/i18n/words.ts";

/** The outcomes in the order in which they are shown. */
export const OUTCOMES: ImportOutcome[] = [
  "created",
  "updated",
  "name_conflict",
  "possible_duplicate",
  "failed",
  "unchanged",
  "skipped",
  "blank",
];

/** What rows can be filtered by: their outcome, or that some of their values can't be imported. */
export const FILTERS: ImportFilter[] = [...OUTCOMES, "left_out_values"];

const COUNTED = {
  created: "created",
  updated: "updated",
  unchanged: "unchanged",
  name_conflict: "name_conflicts",
  possible_duplicate: "possible_duplicates",
  skipped: "skipped",
  failed: "failed",
  blank: "blank",
  left_out_values: "left_out_values",
} as const satisfies Record<ImportFilter, keyof DryRun>;

/** How many rows a filter shows; of all outcomes together every row of the file. */
export function countedBy(counts: DryRun, filter: ImportFilter | null): number {
  if (filter === null) return OUTCOMES.reduce((sum, each) => sum + counts[COUNTED[each]], 0);
  return counts[COUNTED[filter]];
}

/** How many rows aren't imported in full, though somebody may want them to be. */
export function withProblems(counts: DryRun): number {
  return counts.failed + counts.name_conflicts + counts.possible_duplicates + counts.left_out_values;
}

/** What the import will do and what it won't, to how many: one sentence each. */
export function willDo(t: TFunction, kind: RecordKind, counts: DryRun, target: ImportTarget): string[] {
  if (counts.created + counts.updated === 0) {
    const asks = counts.name_conflicts + counts.possible_duplicates > 0;
    return [t(asks ? "import.will.nothingYet" : "import.will.nothing")];
  }
  const questions = counts.name_conflicts + counts.possible_duplicates;
  const rest = [
    counts.left_out_values > 0 ? t("import.will.leftOutValues", { count: counts.left_out_values }) : "",
    questions > 0 ? t("import.will.questions", { count: questions }) : "",
    counts.unchanged > 0 ? t("import.will.unchanged", { count: counts.unchanged }) : "",
    counts.skipped > 0 ? t("import.will.skipped", { count: counts.skipped }) : "",
    counts.failed > 0 ? t("import.will.failed", { count: counts.failed }) : "",
    counts.blank > 0 ? t("import.will.blank", { count: counts.blank }) : "",
  ];
  if (kind !== "contact") {
    const added = t("import.will.added", { what: countOf(kind, counts.created) });
    const changed = t("import.will.changed", { what: countOf(kind, counts.updated) });
    const sentences = [counts.created > 0 ? added : "", counts.updated > 0 ? changed : "", ...rest];
    return sentences.filter((sentence) => sentence !== "");
  }
  const created =
    target === "queue" ? ("import.will.createdQueue" as const) : ("import.will.createdDirectory" as const);
  return [
    counts.created > 0 ? t(created, { count: counts.created }) : "",
    counts.updated > 0 ? t("import.will.updated", { count: counts.updated }) : "",
    counts.employers_created > 0 ? t("import.will.employers", { count: counts.employers_created }) : "",
    ...rest,
  ].filter((sentence) => sentence !== "");
}

/** "See the 13 new users". */
export function seeNew(t: TFunction, { kind, created }: ImportDone & { kind: RecordKind }): string {
  const isPeople = kind === "contact" || kind === "student";
  return t(`import.done.see.${isPeople ? kind : "record"}`, { count: created });
}

/** "1,251 rows · 2 blank rows skipped · CSV · sheet “2026”". */
export function aboutFile(t: TFunction, { assumed }: ImportOpened): string {
  return [
    t("import.rows", { count: assumed.rows }),
    assumed.blank > 0 ? t("import.reading.blank", { count: assumed.blank }) : "",
    t(`import.format.${assumed.format}`),
    assumed.sheet ? t("import.sheet", { name: assumed.sheet }) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** "Recognized as an export from Handshake."; null where the file's program is not known. */
export function recognised(t: TFunction, preset: string | null): string | null {
  if (preset === null) return null;
  // A newer version of Rust may know programs that the catalogue does not name yet.
  const key = `import.preset.${preset}`;
  const exists = i18next.exists as (key: string) => boolean;
  const look = i18next.t as unknown as (key: string) => string;
  const name = exists(key) ? look(key) : preset;
  return t(preset === "liaison" || preset === "vcard" ? "import.columns.isPreset" : "import.columns.recognised", {
    preset: name,
  });
}
