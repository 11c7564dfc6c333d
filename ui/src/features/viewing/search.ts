import { type ListSearch, listSearch } from "~/records/query/listSearch.ts";

/** As whom one can look. */
export const WHO = ["student", "advisor", "employer_user", "user", "role"] as const;

/** As whom one looks: any user of an employer, one user, or anybody with a role at an employer. */
export type ViewAsSearch = ListSearch & {
  who: (typeof WHO)[number];
  employer?: string | undefined;
  user?: string | undefined;
  role?: string | undefined;
  /** The address one came from, for the way back. */
  from?: string | undefined;
};

const given = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** Reads it from the address. */
export function viewAsSearch(raw: Record<string, unknown>): ViewAsSearch {
  const search: ViewAsSearch = { ...listSearch(raw), who: WHO.find((who) => who === raw.who) ?? "student" };
  for (const key of ["employer", "user", "role"] as const) {
    const id = given(raw[key]);
    if (id) search[key] = id;
  }
  const from = given(raw.from);
  if (from?.startsWith("/")) search.from = from;
  return search;
}

/** As whom one looks and where one came from, without the list. */
export function viewerOf({ who, employer, user, role, from }: ViewAsSearch): ViewAsSearch {
  return { who, employer, user, role, from };
}
