import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

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
