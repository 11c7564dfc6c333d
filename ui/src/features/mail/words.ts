import type { OutboxRow } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";

// As a plain test: the typed one narrows the key to any words there are.
const exists = i18next.exists as (key: string) => boolean;

/** Why a message, or all of them, could not be sent; in people's words. */
export function reasonText(reason: string): string {
  const key = `mail.trouble.${reason}` as "mail.trouble.busy";
  return exists(key) ? i18next.t(key) : i18next.t("mail.trouble.other");
}

/** A field of the recipient that a place in a text stands for. */
export function placeText(place: string): string {
  const key = `mail.place.${place}` as "mail.place.title";
  return exists(key) ? i18next.t(key) : place;
}

export function purposeText(purpose: string): string {
  const key = `mail.purpose.${purpose}` as "mail.purpose.outreach";
  return exists(key) ? i18next.t(key) : purpose;
}

/** Whether a moment comes before there are whole minutes to tell: relative times call it "just now". */
export const isSoon = (at: number) => at - Date.now() < 60_000;

/** Whether a message waits for the time it was written for; one that was put off waits for the server. */
export const isScheduled = ({ state, attempts, reason, due_at: due }: OutboxRow) =>
  state === "waiting" && attempts === 0 && reason === null && due > Date.now();

/** Why a message is where it is; empty where that needs no reason. */
export function whyText({ reason, state }: OutboxRow): string {
  return reason === null || state === "sent" || state === "handed_over" ? "" : reasonText(reason);
}
