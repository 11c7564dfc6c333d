import { queryOptions } from "@tanstack/react-query";
import { call, commands } from "~/ipc";

/** The onboarding questions in their order, also those no longer asked, with how many answers each has. */
export const onboardingQuery = queryOptions({
  queryKey: ["onboarding", "list"],
  queryFn: () => call(commands.onboardingList()),
  meta: { tags: ["students"] },
});
