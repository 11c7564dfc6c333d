import type { TFunction } from "i18next";
import type { FieldSchema, ImportRow, PlacedProblem, RecordKind } from "~/ipc";
import { fieldLabel, problemText } from "~/kit/i18n/words.ts";
import { FULL_NAME, type Mapping } from "./mapping.ts";

/** The column in which a problem can be mended; null where no cell of the row would help. */
export function columnToFix({ field, column, problem }: PlacedProblem, mapping: Mapping): number | null {
  const at = (key: string | null) => {
    const index = mapping.indexOf(key);
    return key === null || index < 0 ? null : index;
  };
  switch (problem.kind) {
    case "value":
      // A part of the name that came out of a whole name is mended there.
      return column ?? at(field) ?? (field?.endsWith("_name") ? at(FULL_NAME) : null);
    case "duplicate_in_file":
    case "same_contact":
    case "ambiguous_email":
    case "former_address":
      return column ?? at("email");
    case "ambiguous_name":
      return column;
    default:
      return null;
  }
}

/** The problem to mend first, with its column: one that a cell can mend before one that can't be. */
export function problemToFix(
  row: ImportRow,
  mapping: Mapping,
): { problem: PlacedProblem; column: number | null } | null {
  const found = row.problems.map((problem) => ({ problem, column: columnToFix(problem, mapping) }));
  return found.find(({ column }) => column !== null) ?? found[0] ?? null;
}

const REASONS = [
  "truncated_card",
  "too_many_lines",
  "unreadable_card",
  "not_a_person",
  "extra_cells",
  "cell_too_large",
  "undecodable",
  "nul_character",
  "mismatched_quotes",
  "formula_error",
  "formula_without_value",
] as const;

/** Why a row stays out, in a sentence. */
export function problemWords(
  t: TFunction,
  kind: RecordKind,
  { field, problem }: PlacedProblem,
  column: number | null,
): string {
  switch (problem.kind) {
    case "value": {
      if (field === null) return problemText(problem.problem);
      const label = fieldLabel(kind, field);
      return problem.problem.kind === "required" && column === null
        ? t("import.problem.noColumn", { field: label })
        : t("import.problem.field", { field: label, problem: problemText(problem.problem) });
    }
    case "duplicate_in_file":
      return t("import.problem.duplicate_in_file", { row: problem.row });
    case "same_contact":
      return t("import.problem.same_contact", { row: problem.row });
    case "former_address":
      return t("import.problem.former_address", { name: problem.name });
    case "name_conflict":
      return t("import.problem.name_conflict", { name: problem.name });
    case "name_conflict_in_file":
      return t("import.problem.name_conflict_in_file", { name: problem.name, row: problem.row });
    case "possible_duplicate":
      return t("import.problem.possible_duplicate", { name: problem.name, email: problem.email });
    case "unreadable": {
      const reason = REASONS.find((each) => each === problem.reason);
      return t(`import.problem.unreadable.${reason ?? "other"}`);
    }
    case "nothing_to_change":
      return t(kind === "contact" ? "import.problem.nothing_to_change" : "import.problem.isThere");
    default:
      return t(`import.problem.${problem.kind}`);
  }
}

/** The kind of record that a cell names and that can be added where it stands; null where the cell itself is wrong. */
export function missingRecord(
  { field, problem }: PlacedProblem,
  fields: FieldSchema[],
): "user_group" | "employer" | null {
  if (problem.kind !== "value" || problem.problem.kind !== "unknown_reference") return null;
  const type = fields.find(({ key }) => key === field)?.field_type;
  const kind = type?.type === "reference" ? type.kind : null;
  return kind === "user_group" || kind === "employer" ? kind : null;
}
