import { useInfiniteQuery } from "@tanstack/react-query";
import { call, commands } from "~/ipc";

const PAGE = 50;

/** The pile: cases still to decide, the surest first, page by page. */
export function usePile() {
  return useInfiniteQuery({
    queryKey: ["duplicates", "pile"],
    queryFn: ({ pageParam }) => call(commands.duplicatesList(pageParam, PAGE)),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((sum, page) => sum + page.cases.length, 0);
      return last.cases.length > 0 && read < last.total ? read : undefined;
    },
  });
}
