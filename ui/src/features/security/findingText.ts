import type { TFunction } from "i18next";
import type { Finding, RecordKind } from "~/ipc";

export type FindingOfField = Extract<Finding, { what: "field" | "sequence" }>;

/** A record as a finding names it. */
export function recordWords(t: TFunction, { kind, id, name }: { kind: RecordKind; id: string; name: string }): string {
  const words = t(`history.recordKind.${kind}`);
  return name === "" ? `${words} ${id}` : t("security.check.record", { kind: words, name });
}

/** What was found, and the way back where there is one; what is found of a field needs its schema. */
export function findingText(t: TFunction, finding: Finding): string {
  switch (finding.what) {
    case "field":
    case "sequence":
      return t("security.check.finding.fieldHidden", {
        record: recordWords(t, finding.record),
        field: finding.label,
      });
    case "file":
    case "journal":
      return t(`security.check.finding.${finding.what}`, { detail: finding.detail });
    case "missing":
      return t("security.check.finding.missing", { count: finding.operations, after: finding.after });
    case "rewritten":
      return t("security.check.finding.rewritten", { count: finding.operations });
    case "head_gone":
    case "head_unreadable":
      return t(`security.check.finding.${finding.what}`);
    case "not_expected":
      return t("security.check.finding.not_expected", { head: finding.head });
    case "values_gone":
      return t("security.check.finding.values_gone", {
        record: recordWords(t, finding.record),
        count: finding.changes,
      });
    case "no_creation":
    case "no_row":
    case "not_erased":
    case "unreadable":
      return t(`security.check.finding.${finding.what}`, { record: recordWords(t, finding.record) });
  }
}
