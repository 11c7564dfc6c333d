import { useQuery } from "@tanstack/react-query";
import { type CacheTag, call, commands, type HomeFigure, type HomeNumber } from "~/ipc";

const COUNTED: CacheTag[] = ["contacts", "queue", "employers", "students", "activities", "invitations", "institution"];
/** Days pass, and with them what is overdue or due: the numbers are asked for again. */
const EVERY = 5 * 60_000;

/** The numbers on Home, by name. */
export function useFigures() {
  const asked = useQuery({
    queryKey: ["contacts", "home", "figures"],
    queryFn: () => call(commands.homeFigures()),
    meta: { tags: COUNTED },
    refetchInterval: EVERY,
  });
  const figures = asked.data && new Map<HomeNumber, HomeFigure>(asked.data.map((figure) => [figure.name, figure]));
  return { ...asked, figures };
}

/** How the queue, approvals, accounts and caseloads are spread. */
export function useCharts() {
  return useQuery({
    queryKey: ["contacts", "home", "charts"],
    queryFn: () => call(commands.homeCharts()),
    meta: { tags: [...COUNTED, "history"] },
    refetchInterval: EVERY,
  });
}

/** What is still to be set up; nothing for who may not. */
export function useSetupState(enabled: boolean) {
  return useQuery({
    queryKey: ["institution", "home", "setup"],
    queryFn: () => call(commands.homeSetup()),
    meta: { tags: ["contacts", "students", "onboarding", "mail", "invitations"] satisfies CacheTag[] },
    enabled,
  });
}

/** When the pending contact who has waited longest was added. */
export function useLongestWaiting(enabled: boolean) {
  return useQuery({
    queryKey: ["queue", "home", "oldest"],
    queryFn: async () => {
      const pending = { field: "approval", op: "is" as const, values: ["pending"] };
      const { result } = await call(
        commands.listOpen({
          kind: "contact",
          search: "",
          filter: [pending],
          sort: [{ field: "created_at", descending: false }],
        }),
      );
      try {
        const { rows } = await call(commands.listWindow(result, 0, 1, ["created_at"]));
        const at = rows[0]?.cells[0]?.value;
        return typeof at === "number" ? at : null;
      } finally {
        void commands.listClose(result);
      }
    },
    enabled,
  });
}

/** The last steps of the history. */
export function useLastSteps(limit: number, enabled: boolean) {
  return useQuery({
    queryKey: ["history", "last", limit],
    queryFn: () =>
      call(
        commands.historyList({
          changes_only: true,
          actor: null,
          since: null,
          until: null,
          before: null,
          limit,
        }),
      ),
    enabled,
  });
}

const WEEK = 7 * 86_400_000;

/** The last use of the recovery key, where that was within a week. */
export function useRecoveryUse(enabled: boolean) {
  return useQuery({
    queryKey: ["history", "recovery-key"],
    queryFn: async () => {
      const { rows } = await call(
        commands.historyList({
          kinds: ["security.recover"],
          about: "",
          changes_only: false,
          actor: null,
          since: Date.now() - WEEK,
          until: null,
          before: null,
          limit: 1,
        }),
      );
      return rows[0] ?? null;
    },
    enabled,
  });
}
