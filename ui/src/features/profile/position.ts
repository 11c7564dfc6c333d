import type { ContactProfile } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { day } from "~/kit/i18n/words.ts";

type Position = Pick<ContactProfile, "values" | "employer" | "former" | "archived">;

/**
 * What a contact is, in a line: "Recruiter at Acme". Of somebody who left and whose employer is the one called
 * "Inactive" what they were: "Formerly Recruiter at Acme · left Nov 28, 2026".
 */
export function positionOf({ values, employer, former, archived }: Position): string | null {
  const { t } = i18next;
  const title = typeof values.title === "string" && values.title !== "" ? values.title : null;
  if (!archived.includes("employer")) {
    const name = employer?.name || null;
    return title && name ? t("profile.position", { title, employer: name }) : (title ?? name);
  }
  const was = formerly(former?.title ?? title, former?.employer_name || null);
  return was && former ? t("profile.former.left", { words: was, day: day(former.left_on) }) : was;
}

/** "Formerly Recruiter at Acme", as far as it is known. */
export function formerly(title: string | null, employer: string | null): string | null {
  const { t } = i18next;
  if (title && employer) return t("profile.former.position", { title, employer });
  if (employer) return t("profile.former.employer", { employer });
  return title && t("profile.former.title", { title });
}
