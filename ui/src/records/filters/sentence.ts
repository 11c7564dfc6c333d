import type { Condition, FieldSchema } from "~/ipc";
import { splitPeriod } from "~/ipc/period.ts";
import { i18next } from "~/kit/i18n/index.ts";
import { day, shortChoiceLabel } from "~/kit/i18n/words.ts";
import { momentFormat } from "~/kit/i18n/zone.ts";
import { isPeriod } from "./operators.ts";

/** Words of one value of a condition: a choice's label, a day, the text itself. References are looked up by the caller. */
export function conditionValueText(
  field: FieldSchema,
  value: string,
  nameOf: (id: string) => string | undefined,
): string {
  switch (field.field_type.type) {
    case "choice":
      return shortChoiceLabel(field.key, value);
    case "reference":
      return nameOf(value) ?? "…";
    case "flag":
      return i18next.t(value === "true" ? "common.yes" : "common.no");
    case "moment":
      return momentFormat({ day: true }).format(Number(value));
    case "date":
      return day(value);
    default:
      return value;
  }
}

/** "18 months", "1 year". */
function periodText(value: string): string {
  const { amount, unit } = splitPeriod(value);
  return i18next.t(`filters.period.${unit}`, { count: amount });
}

/** "a", "a or b", "a, b or 3 more": as many values as one can take in at a glance. */
export function joinValues(values: string[]): string {
  const shown = values.slice(0, values.length > 3 ? 2 : 3);
  const more = values.length - shown.length;
  const words = more > 0 ? [...shown, i18next.t("filters.more", { count: more })] : shown;
  return new Intl.ListFormat(i18next.language, { type: "disjunction" }).format(words);
}

/** The condition as a sentence: "Employer is Inactive", "Visibility is not Students". `label` names the field. */
export function conditionSentence(
  condition: Condition,
  field: FieldSchema,
  label: string,
  nameOf: (id: string) => string | undefined,
): string {
  const words = (value: string) =>
    isPeriod(condition.op) ? periodText(value) : conditionValueText(field, value, nameOf);
  const values = joinValues(condition.values.map(words));
  return i18next.t(`filters.sentence.${condition.op}`, { field: label, value: values });
}
