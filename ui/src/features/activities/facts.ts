import type { Activity } from "~/ipc";
import { choiceLabel, dateTimeIn, day } from "~/kit/i18n/words.ts";

/** The text of a field, if it has one. */
export function textOf(activity: Activity, field: string): string | null {
  const value = activity.values[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** When it is, on the clock it was agreed on. */
export function whenOf(activity: Activity): string | null {
  const { starts_at: starts, ends_at: ends } = activity.values;
  if (typeof starts !== "number") return null;
  return dateTimeIn(starts, typeof ends === "number" ? ends : null, textOf(activity, "time_zone"));
}

/** What people look for first, in the order of its weight; what the page itself says is left out. */
export function factsOf(activity: Activity, owner: string): string[] {
  const { kind, names } = activity;
  const dayOf = (field: string) => {
    const on = textOf(activity, field);
    return on && day(on);
  };
  const choice = (field: string) => {
    const key = textOf(activity, field);
    return key && choiceLabel(field, key);
  };
  const span = [dayOf("starts_on"), dayOf("ends_on")].filter((each) => each !== null);
  const other = (field: string) => (activity.values[field] === owner ? null : names[field]);
  return [
    kind === "experience" ? textOf(activity, "student") : null,
    choice("type"),
    choice("direction"),
    kind === "job_listing" || kind === "experience" ? choice("status") : null,
    whenOf(activity),
    kind === "email" && activity.at !== null ? dateTimeIn(activity.at, null, null) : null,
    dayOf("held_on"),
    span.join(" – ") || null,
    dayOf("posted_on"),
    textOf(activity, "location"),
    other("employer"),
    other("supervisor"),
    kind === "task" ? null : other("contact"),
    kind === "meeting" ? other("student") : null,
  ].filter((fact): fact is string => typeof fact === "string");
}
