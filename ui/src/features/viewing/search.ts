import { type ListSearch, listSearch } from "~/records/query/listSearch.ts";

/** As whom one looks; the employer of an employer user. */
export type ViewAsSearch = ListSearch & { who: "student" | "advisor" | "employer_user"; employer?: string };

/** Reads it from the address. */
export function viewAsSearch(raw: Record<string, unknown>): ViewAsSearch {
  const who = raw.who === "advisor" || raw.who === "employer_user" ? raw.who : "student";
  return {
    ...listSearch(raw),
    who,
    ...(typeof raw.employer === "string" && raw.employer !== "" ? { employer: raw.employer } : {}),
  };
}
