import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemText } from "~/i18n/words.ts";
import { commandError } from "~/ipc";

/** How long typing rests before the preview is made anew. */
const REST_MS = 350;

/** A value that has rested for a moment. */
export function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  const said = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is said counts, not which object says it.
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return rested;
}

/** What is wrong with the fields of a form, by the words of Rust. */
export function problemsOf(failed: unknown): (field: string) => string | undefined {
  const error = failed === null || failed === undefined ? null : commandError(failed);
  return (field) => {
    const found = error?.code === "validation" ? error.fields.find((each) => each.field === field) : undefined;
    return found && problemText(found.problem);
  };
}

/** A preview that follows the typing and keeps the last one while the text has mistakes. */
export function useLivePreview<T>(key: QueryKey, read: () => Promise<T>, enabled: boolean) {
  const query = useQuery({
    queryKey: key,
    queryFn: read,
    enabled,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  const [last, setLast] = useState<T | undefined>(undefined);
  useEffect(() => {
    if (query.data !== undefined && !query.error) setLast(query.data);
  }, [query.data, query.error]);
  return { data: query.error ? last : query.data, error: query.error, isFetching: query.isFetching };
}
