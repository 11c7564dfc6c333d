import { type QueryClient, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ContactChoice, call, commands, type Id, LIMITS, type RecordKind } from "~/ipc";
import type { Choice } from "~/kit/components/Select.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { cacheTag } from "./kinds.ts";

const SUGGESTED = 20;

/** What is known of the contact that is looked for. */
export type Near = {
  /** A contact that may be the same person. */
  like?: Id | undefined;
  /** Their employer. */
  employer?: Id | undefined;
};

/** Contacts whose profile was open or beside a list lately, the last one first. */
function seenLately(client: QueryClient): Id[] {
  return client
    .getQueryCache()
    .findAll({ queryKey: ["contacts", "profile"] })
    .sort((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .flatMap(({ queryKey }) => (typeof queryKey[2] === "string" ? queryKey[2] : []));
}

/** A contact with what tells it from others of the same name. */
function contactChoice({ person, why }: ContactChoice): Choice {
  const facts = [person.email, person.employer].filter((fact) => fact);
  return {
    id: person.id,
    label: person.name || i18next.t("common.unnamed"),
    detail: facts.join(" · "),
    ...(why ? { note: i18next.t(`record.form.likely.${why}`) } : {}),
  };
}

/** Contacts that fit the text, the likely ones first; as long as nothing is typed, the likely ones only. */
export function useContactChoices(text: string, near: Near = {}, enabled = true): Choice[] {
  const client = useQueryClient();
  const { like = null, employer = null } = near;
  const found = useQuery({
    queryKey: ["contacts", "choices", like, employer, text],
    queryFn: async () => {
      const choices = await call(commands.contactsSuggest(text, { like, employer, recent: seenLately(client) }));
      return choices.map(contactChoice);
    },
    placeholderData: (before: Choice[] | undefined) => before,
    enabled,
    gcTime: 60_000,
  });
  return found.data ?? [];
}

async function suggest(kind: RecordKind, text: string): Promise<Choice[]> {
  if (kind === "employer") {
    const found = await call(commands.employersSuggest(text));
    return found.map(({ id, name, city, claimed }) => {
      const note = [city, claimed && i18next.t("common.chips.claimed")].filter((fact) => fact).join(" · ");
      return { id, label: name, ...(note ? { note } : {}) };
    });
  }
  if (kind === "role") {
    const roles = await call(commands.rolesList());
    return roles.map(({ id, name }) => ({ id, label: name }));
  }
  if (kind === "staff") {
    // They are few and have no search index.
    const opened = await call(commands.listOpen({ kind, search: "", filter: [], sort: [] }));
    const { rows } = await call(commands.listWindow(opened.result, 0, LIMITS.window_rows, []));
    void commands.listClose(opened.result);
    const fits = rows.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
    return fits.slice(0, SUGGESTED).map(({ id, name }) => ({ id, label: name }));
  }
  const opened = await call(commands.listOpen({ kind, search: text, filter: [], sort: [] }));
  try {
    const { rows } = await call(commands.listWindow(opened.result, 0, SUGGESTED, []));
    // Whoever's profile is private has no name here (M49), and can't be told from others.
    return rows.filter(({ name }) => name !== "").map(({ id, name }) => ({ id, label: name }));
  } finally {
    void commands.listClose(opened.result);
  }
}

/** Records whose name fits the text, best first. */
export function useSuggestions(kind: RecordKind, text: string, enabled = true): Choice[] {
  const found = useQuery({
    queryKey: [cacheTag(kind), "suggest", kind, text],
    queryFn: () => suggest(kind, text),
    placeholderData: (before: Choice[] | undefined) => before,
    enabled,
    gcTime: 60_000,
  });
  return found.data ?? [];
}

async function nameOf(kind: RecordKind, id: string): Promise<string> {
  if (kind === "employer") return (await call(commands.employerGet(id))).name;
  if (kind === "contact") return (await call(commands.contactGet(id))).name;
  if (kind === "role") return (await suggest(kind, "")).find((choice) => choice.id === id)?.label ?? "";
  return (await call(commands.recordGet(kind, id))).name;
}

/** Names of records known by id only, for example those in a filter. */
export function useNames(references: { kind: RecordKind; id: string }[]): (id: string) => string | undefined {
  const found = useQueries({
    queries: references.map(({ kind, id }) => ({
      queryKey: [cacheTag(kind), "name", kind, id],
      queryFn: () => nameOf(kind, id),
    })),
  });
  return (id) => found[references.findIndex((reference) => reference.id === id)]?.data;
}
