import type { Id } from "~/ipc";
import { ClaimedChip } from "~/kit/components/Chips.tsx";
import { useEmployer } from "../profiles.ts";

/** Beside the name of an employer that somebody only claimed; nothing beside others. */
export function ClaimedMark({ employer }: { employer: Id }) {
  const profile = useEmployer(employer);
  return profile.data?.values.confirmation === "claimed" ? <ClaimedChip /> : null;
}
