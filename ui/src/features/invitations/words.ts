import { i18next } from "~/kit/i18n/index.ts";

/** A wait in words: "23 h 59 min", "12 min 05 s", "40 s". */
export function waitText(millis: number): string {
  const seconds = Math.ceil(millis / 1_000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (n: number) => String(n).padStart(2, "0");
  if (hours > 0) return i18next.t("invitations.time.hours", { hours, minutes: two(minutes % 60) });
  if (minutes > 0) return i18next.t("invitations.time.minutes", { minutes, seconds: two(seconds % 60) });
  return i18next.t("invitations.time.seconds", { seconds });
}
