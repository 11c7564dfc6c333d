import { fromAbsolute, getLocalTimeZone, parseDate, toCalendarDate } from "@internationalized/date";
import { i18next } from "./index.ts";

/** The institution’s clock, once it is known; before that, and where it names none, this computer’s. */
let chosen: { name: string; isElsewhere: boolean } | null = null;
let formats = new Map<string, Intl.DateTimeFormat>();

/** Lets all times be told on a clock; `isElsewhere` where this computer shows another time, so that they name theirs. */
export function setZone(zone: { name: string; is_elsewhere: boolean } | null) {
  chosen = zone && isZone(zone.name) ? { name: zone.name, isElsewhere: zone.is_elsewhere } : null;
  formats = new Map();
}

/** The IANA name of the clock that times are told on. */
export const zoneHere = (): string => chosen?.name ?? getLocalTimeZone();

/** Whether this computer shows another time. */
export const isElsewhere = (): boolean => chosen?.isElsewhere ?? false;

/** Whether the window knows a time zone of this name. */
export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The calendar day of a moment, as yyyy-mm-dd. */
export const dayOf = (at: number): string => toCalendarDate(fromAbsolute(at, zoneHere())).toString();

/** When a calendar day begins, in milliseconds since 1970. */
export const startOfDay = (day: string): number => parseDate(day).toDate(zoneHere()).getTime();

/** A calendar day; no clock has a part in it. */
export function dayFormat(options: Intl.DateTimeFormatOptions): { format: (day: string) => string } {
  const format = formatIn({ ...options, timeZone: "UTC" });
  return { format: (day) => format.format(parseDate(day).toDate("UTC")) };
}

/** Day and time, or one of them, on the clock of a place. It is named where it isn’t the one the reader looks at. */
export function momentFormat(parts: { day?: boolean; time?: boolean }, zone: string | null = null) {
  const there = zone !== null && isZone(zone) ? zone : zoneHere();
  const isNamed = parts.time && (there === zoneHere() ? isElsewhere() : true);
  return formatIn({
    ...(parts.day && { year: "numeric", month: "short", day: "numeric" }),
    ...(parts.time && { hour: "numeric", minute: "2-digit" }),
    // "ET", or in words where there is no abbreviation that people know.
    ...(isNamed && { timeZoneName: UNIVERSAL.test(there) ? "short" : "shortGeneric" }),
    timeZone: there,
  });
}

/** Formats are dear to make, and a list asks for one in each row. */
function formatIn(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${i18next.language} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(i18next.language, options);
  formats.set(key, made);
  return made;
}

/** Those without a place; their generic name would be "GMT". */
const UNIVERSAL = /^(Etc\/.*|UTC|UCT|GMT|Zulu|Universal|Greenwich)$/;

/** "Eastern Time (New York)" for "America/New_York". */
export function zoneName(name: string): string {
  if (!isZone(name)) return name;
  const timeZoneName = UNIVERSAL.test(name) ? "long" : "longGeneric";
  const parts = new Intl.DateTimeFormat(i18next.language, { timeZone: name, timeZoneName });
  const words = parts.formatToParts(0).find((part) => part.type === "timeZoneName")?.value ?? name;
  const place = name.includes("/") && !UNIVERSAL.test(name) ? (name.split("/").at(-1) ?? "").replace(/_/g, " ") : "";
  return place === "" || words.includes(place) ? words : `${words.replace(/ \(.*\)$/, "")} (${place})`;
}
