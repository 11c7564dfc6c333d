import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { type AppState, call, commands, type FieldSchema, type Permission, type RecordKind } from "~/ipc";
import { nameAttributes } from "~/kit/i18n/words.ts";
import { setZone } from "~/kit/i18n/zone.ts";

/** What the app is and who works with it. Asked again after set-up and unlocking: `invalidateQueries(["institution"])`. */
export const appStateQuery = queryOptions({
  queryKey: ["institution", "state"],
  queryFn: async () => {
    const state = await call(commands.appState());
    setZone(state.time_zone);
    return state;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The field registry. It changes when staff define a custom attribute. */
export const schemaQuery = queryOptions({
  queryKey: ["fields"],
  queryFn: async () => {
    const schemas = await call(commands.schema());
    nameAttributes(schemas);
    return schemas;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

export function useAppState(): AppState {
  return useSuspenseQuery(appStateQuery).data;
}

/** The fields of a kind of record, in the order of the registry. */
export function useFields(kind: RecordKind): FieldSchema[] {
  const { data } = useSuspenseQuery(schemaQuery);
  return data.find((entry) => entry.kind === kind)?.fields ?? NO_FIELDS;
}

const NO_FIELDS: FieldSchema[] = [];

/** Whether the person may do this. What they may not do is not offered; Rust refuses it in any case. */
export function useMay(): (permission: Permission) => boolean {
  const state = useAppState();
  return (permission) => state.actor?.permissions.includes(permission) ?? false;
}
