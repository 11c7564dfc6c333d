import { parseDate } from "@internationalized/date";
import { i18next } from "./index.ts";
import { dayFormat, dayOf, momentFormat, startOfDay } from "./zone.ts";

/** "Today", "Yesterday", or the day in full. */
export function dayLabel(day: string, now: number): string {
  const today = dayOf(now);
  if (day === today) return i18next.t("history.day.today");
  if (day === parseDate(today).subtract({ days: 1 }).toString()) return i18next.t("history.day.yesterday");
  const thisYear = day.slice(0, 4) === today.slice(0, 4);
  return dayFormat({
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(thisYear ? {} : { year: "numeric" }),
  }).format(day);
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
  return { since: startOfDay(day), until: startOfDay(parseDate(day).add({ days: 1 }).toString()) };
}

/** "2:05 PM". */
export function timeOfDay(at: number): string {
  return momentFormat({ time: true }).format(at);
}
