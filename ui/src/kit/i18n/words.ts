import { parseDate } from "@internationalized/date";
import type {
  Blocker,
  CommandError,
  FieldGroup,
  FieldSchema,
  FieldValue,
  KindSchema,
  Problem,
  RecordKind,
} from "~/ipc";
import { i18next } from "./index.ts";
import { dayFormat, dayOf, momentFormat, zoneName } from "./zone.ts";

/** Looks a key up that is only known at run time; null where the catalogue has no such words. */
export function lookUp(key: string, values?: Record<string, unknown>): string | null {
  // The typed `t` wants keys known at compile time; keys of the field registry and of errors are not.
  const exists = i18next.exists as (key: string) => boolean;
  const t = i18next.t as unknown as (key: string, values?: Record<string, unknown>) => string;
  return exists(key) ? t(key, values) : null;
}

/** What staff call the fields they defined, those in the trash too: the audit log goes on naming them. */
let attributes = new Map<string, string>();

/** Takes note of the names of custom attributes, each time the registry was read. */
export function nameAttributes(schemas: KindSchema[]) {
  attributes = new Map(
    schemas.flatMap(({ kind, fields, retired }) =>
      [...fields, ...retired]
        .filter(({ attribute }) => attribute)
        .map(({ key, label }) => [`${kind}.${key}`, label] as const),
    ),
  );
}

/** The words for a field. Fields that staff define carry their own name. */
export function fieldLabel(kind: RecordKind, key: string, fields?: FieldSchema[]): string {
  return (
    lookUp(`fields.${kind}.${key}`) ??
    fields?.find((field) => field.key === key)?.label ??
    attributes.get(`${kind}.${key}`) ??
    key
  );
}

export function groupLabel(group: FieldGroup): string {
  return lookUp(`fields.group.${group}`) ?? group;
}

/** The words for one choice of a field, at length, as forms offer it. */
export function choiceLabel(field: string, choice: string): string {
  return lookUp(`fields.choice.${field}.${choice}`) ?? choice;
}

/** The word for a choice, as chips, lists, filters, History and the audit log say it. */
export function shortChoiceLabel(field: string, choice: string): string {
  return lookUp(`fields.short.${field}.${choice}`) ?? choiceLabel(field, choice);
}

/** What is wrong with a value, as the field says it. With the field's key, what is missing is named. */
export function problemText(problem: Problem, field?: string): string {
  if (problem.kind === "required" && field !== undefined) {
    const missing = lookUp(`errors.required.${field}`);
    if (missing !== null) return missing;
  }
  // Whose it is may not be for this person to know.
  if (problem.kind === "in_use" && problem.by === "") return i18next.t("errors.problem.in_use_hidden");
  if (problem.kind === "easily_guessed") return lookUp(`errors.problem.easily_guessed.${problem.by}`) ?? problem.kind;
  if (problem.kind === "unknown_places")
    return i18next.t("errors.problem.unknown_places", { places: problem.places.join(", ") });
  return lookUp(`errors.problem.${problem.kind}`, { ...problem }) ?? problem.kind;
}

/** "a, b and c". */
export function listed(words: string[]): string {
  return new Intl.ListFormat(i18next.language, { type: "conjunction" }).format(words);
}

/** How many records of a kind: "2 job listings". */
export function countOf(kind: RecordKind, n: number): string {
  return i18next.t(`trash.count.${kind}`, { count: n });
}

/** What stands in the way of something: "2 job listings (Analyst and Intern)". */
function blockerText({ kind, count: n, records }: Blocker): string {
  const names = records.map(({ name }) => name || i18next.t("common.unnamed"));
  if (n > records.length) names.push(i18next.t("trash.delete.more", { count: n - records.length }));
  return i18next.t("errors.blockedBy", { what: countOf(kind, n), names: names.join(", ") });
}

/** What went wrong and what to do next. Errors of single fields belong to their fields, see `problemText`. */
export function errorText(error: CommandError): string {
  switch (error.code) {
    case "unreadable_file":
      return lookUp(`errors.file.${error.problem}`) ?? error.problem;
    case "unwritable_file":
      return lookUp(`errors.written.${error.problem}`) ?? error.problem;
    case "storage":
      return lookUp(`errors.storage.${error.problem}`) ?? error.problem;
    case "hub":
      return lookUp(`errors.hub_problem.${error.problem}`) ?? error.problem;
    case "backup":
      return lookUp(`errors.backup_file.${error.problem}`) ?? error.problem;
    case "denied":
      return (
        lookUp("errors.denied", { permission: lookUp(`errors.permission.${error.permission}`) ?? error.permission }) ??
        ""
      );
    case "too_soon":
      return i18next.t("errors.too_soon_wait", { count: error.seconds });
    case "blocked":
      return i18next.t("errors.blocked", { what: listed(error.blockers.map(blockerText)) });
    case "internal":
      return (
        lookUp(error.incident === "" ? "errors.unexpected" : "errors.internal", { incident: error.incident }) ?? ""
      );
    default:
      return lookUp(`errors.${error.code}`) ?? error.code;
  }
}

/** What kind of operation it was, in a few words. `kind` is like `contacts.approve`. */
export function operationLabel(kind: string): string {
  return lookUp(`operations.${kind}`) ?? lookUp("operations.other") ?? kind;
}

/**
 * A value as people read it; null where there is nothing to read. References need their words beside the id. A number
 * has no separators: in a field it may be a year or a code, in those that staff define too.
 */
export function valueText(
  field: FieldSchema | undefined,
  value: FieldValue,
  text: string | null = null,
): string | null {
  if (text !== null && text !== "") return text;
  if (value === null || value === "") return null;
  if (Array.isArray(value))
    return value.length > 0 ? value.map((word) => (field ? shortChoiceLabel(field.key, word) : word)).join(", ") : null;
  if (typeof value === "boolean") return i18next.t(value ? "common.yes" : "common.no");
  switch (field?.field_type.type) {
    case "choice":
      return shortChoiceLabel(field.key, String(value));
    case "reference":
      // A record without a name to show: it is gone for good, or not for this person to see.
      return i18next.t("common.notShown");
    case "moment":
      return dateTime(Number(value));
    case "date":
      return day(String(value));
    default:
      return field?.key === "time_zone" ? zoneName(String(value)) : String(value);
  }
}

/** 12345 → "12,345". */
export function count(n: number): string {
  return new Intl.NumberFormat(i18next.language).format(n);
}

/** A day written as yyyy-mm-dd, as people write it. */
export function day(text: string): string {
  return dayFormat({ dateStyle: "medium" }).format(text);
}

/** Day and time, or a span, on the clock of a place, which is named where it is not the institution’s. */
export function dateTimeIn(starts: number, ends: number | null, zone: string | null): string {
  const format = momentFormat({ day: true, time: true }, zone);
  return ends === null ? format.format(starts) : format.formatRange(starts, ends);
}

/** Day and time in full, as hover and screen readers get it. */
export function dateTime(at: number): string {
  return momentFormat({ day: true, time: true }).format(at);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * "2 hours ago", "yesterday", up to a week; what lies further off is a date. Days are those of the calendar: what was 47
 * hours ago may have been the day before yesterday.
 */
export function relativeTime(at: number, now: number = Date.now()): string {
  const past = at - now;
  const format = new Intl.RelativeTimeFormat(i18next.language, { numeric: "auto" });
  if (Math.abs(past) < MINUTE) return i18next.t("common.time.now");
  if (Math.abs(past) < HOUR) return format.format(Math.trunc(past / MINUTE), "minute");
  if (Math.abs(past) < 24 * HOUR) return format.format(Math.trunc(past / HOUR), "hour");
  const days = parseDate(dayOf(at)).compare(parseDate(dayOf(now)));
  return Math.abs(days) <= 7 ? format.format(days, "day") : momentFormat({ day: true }).format(at);
}

/** A web address as people read it: without what every one begins with. */
export function webAddress(url: string): string {
  return url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
}
