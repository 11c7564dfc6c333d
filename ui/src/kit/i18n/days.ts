import { i18next } from "./index.ts";

const DAY = 86_400_000;

/** The calendar day of a moment on this computer, as yyyy-mm-dd. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today", "Yesterday", or the day in full. */
export function dayLabel(day: string, now: number): string {
  if (day === dayOf(now)) return i18next.t("history.day.today");
  const noon = new Date(`${dayOf(now)}T12:00:00`).getTime();
  // From noon to noon: a day of 23 or 25 hours does not matter.
  if (day === dayOf(noon - DAY)) return i18next.t("history.day.yesterday");
  const date = new Date(`${day}T12:00:00`);
  const thisYear = day.slice(0, 4) === dayOf(now).slice(0, 4);
  return new Intl.DateTimeFormat(i18next.language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(thisYear ? {} : { year: "numeric" }),
  }).format(date);
}

/** Rows by the day they fell on, in their order. */
export function byDay<T extends { at: number }>(rows: T[]): { day: string; rows: T[] }[] {
  const days: { day: string; rows: T[] }[] = [];
  for (const row of rows) {
    const day = dayOf(row.at);
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  }
  return days;
}

/** The moments between which a calendar day lies; the end is the start of the next. */
export function spanOf(day: string): { since: number; until: number } {
  const since = new Date(`${day}T00:00:00`);
  const until = new Date(since);
  until.setDate(until.getDate() + 1);
  return { since: since.getTime(), until: until.getTime() };
}

/** "14:05". */
export function timeOfDay(at: number): string {
  return new Intl.DateTimeFormat(i18next.language, { timeStyle: "short" }).format(at);
}
