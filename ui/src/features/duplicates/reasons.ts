import type { TFunction } from "i18next";
import type { DuplicatePair, Reason } from "~/ipc";
import { fieldLabel } from "~/kit/i18n/words.ts";

const COLUMNS = [
  "given_name",
  "family_name",
  "generation",
  "email",
  "phone",
  "employer",
  "title",
  "street",
  "city",
  "postal_code",
  "region",
  "profile",
] as const;
type Column = (typeof COLUMNS)[number];

/** Evidence in words: "Same mobile phone: …", "Family names sound alike: Meier / Mayer". */
export function reasonText(t: TFunction, { column, agreement, fields, values }: Reason): string {
  const known = COLUMNS.find((have) => have === column) as Column | undefined;
  const general = known ? t(`duplicates.column.${known}`) : column;
  const [one, other] = values;
  if (agreement === "same") {
    const [mine, theirs] = fields;
    if (mine === theirs) return t("duplicates.reason.same", { what: lowered(fieldLabel("contact", mine)), value: one });
    const [a, b] = fields.map((field) => lowered(fieldLabel("contact", field)));
    return t("duplicates.reason.sameIn", { what: general, one: a, other: b, value: one });
  }
  if (agreement === "alike") {
    const how = known === "given_name" || known === "family_name" ? known : "other";
    return t(`duplicates.reason.alike.${how}`, { what: general, one, other });
  }
  return t(`duplicates.reason.${agreement}`, { what: general, one, other });
}

/** Labels begin with a capital; in a sentence they don't, unless they are names. */
function lowered(label: string): string {
  return /^[A-Z][a-z-]/.test(label) && label !== "LinkedIn" ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** Below this many bits, a similarity or a difference says nothing worth reading. */
const WORTH_READING = 0.5;

/** What speaks for one person, and what against it. */
export function weighed(pair: Pick<DuplicatePair, "reasons">): { pro: Reason[]; contra: Reason[] } {
  const agrees = (reason: Reason) => reason.agreement !== "different";
  return {
    // What is the same is worth knowing, also where something else explains it: one employer, one switchboard.
    pro: pair.reasons.filter(
      (reason) => agrees(reason) && (reason.agreement === "same" || (reason.weight ?? 0) >= WORTH_READING),
    ),
    contra: pair.reasons.filter((reason) => !agrees(reason) && (reason.weight ?? 0) <= -WORTH_READING).reverse(),
  };
}

/** 0.973 → "97%"; never 100 %, which nobody is. */
export function percent(score: number | null): string {
  const shown = Math.min(Math.floor((score ?? 0) * 100), 99);
  return `${shown}%`;
}
