import { useTranslation } from "react-i18next";
import { type CacheTag, type Claim, call, commands, type Id, type LikeEmployer } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { problemsOf } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";

/** What a claimed employer may be; null for one that is confirmed. */
export function claimQuery(id: Id) {
  return {
    queryKey: ["employers", "claim", id],
    queryFn: () => call(commands.employerClaim(id)),
    meta: { tags: ["contacts", "employer_users"] satisfies CacheTag[] },
  };
}

export type ClaimActs = {
  /** Says that it is an employer that is there: merges the two. */
  same: (claim: Claim, into: LikeEmployer) => Promise<void>;
  /** Says that it is none of the others. */
  confirm: (claim: Claim) => Promise<void>;
};

/** What people say about a claimed employer. Each is one step that can be undone. */
export function useClaim(onDone?: () => void): ClaimActs {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return {
    same: async (claim, into) => {
      try {
        const done = await runTask(t("merge.running"), () =>
          call(commands.employersMerge(into.id, [claim.employer], {})),
        );
        const words = { claimed: claim.name, name: into.name };
        announce(done.operation, t("employers.claim.sameDone", words), t("employers.claim.sameUndone", words));
        onDone?.();
      } catch (error) {
        toastError(error);
      }
    },
    confirm: async (claim) => {
      try {
        const done = await call(commands.employerConfirm(claim.employer));
        const words = { name: claim.name };
        announce(done.operation, t("employers.claim.newDone", words), t("employers.claim.newUndone", words));
        onDone?.();
      } catch (error) {
        // A confirmed employer has the name: people would not tell the two apart.
        const taken = problemsOf(error)("name");
        if (taken) toast(taken);
        else toastError(error);
      }
    },
  };
}
