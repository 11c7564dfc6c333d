import { useTranslation } from "react-i18next";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import type { GridHandle } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import type { ReviewKind } from "../review/request.ts";
import { CLAIM_KEYS } from "./PersonEvidence.tsx";

type Acts = {
  canReview: boolean;
  canEdit: boolean;
  canMerge: boolean;
  canMergeEmployers: boolean;
  /** Nothing is selected: keys for one contact mean the one the keyboard is on. */
  isOne: boolean;
  decide: (action: ReviewKind) => void;
  into: () => void;
  edit: () => void;
  /** What the claimed employer of the contact is. */
  same: () => void;
  isNew: () => void;
  note: () => void;
  undo: () => void;
  search: () => void;
  filter: () => void;
  grid: () => GridHandle | null;
};

/** The keys of the queue: everything in it is done without the mouse. */
export function useQueueKeys({ canReview, canEdit, canMerge, canMergeEmployers, isOne, decide, grid, ...acts }: Acts) {
  const { t } = useTranslation();
  useHotkeys(t("review.group"), [
    { keys: "a", label: t("review.approve"), run: () => decide("approve"), enabled: canReview },
    {
      keys: "Shift+A",
      label: t("review.approve_and_assign"),
      run: () => decide("approve_and_assign"),
      enabled: canReview,
    },
    { keys: "r", label: t("review.reject"), run: () => decide("reject"), enabled: canReview },
    {
      keys: "Shift+R",
      label: t("review.reject_and_revoke"),
      run: () => decide("reject_and_revoke"),
      enabled: canReview,
    },
    { keys: "m", label: t("queue.into"), run: acts.into, enabled: canMerge && isOne },
    { keys: CLAIM_KEYS.same, label: t("employers.claim.same"), run: acts.same, enabled: canMergeEmployers && isOne },
    { keys: CLAIM_KEYS.isNew, label: t("employers.claim.new"), run: acts.isNew, enabled: canEdit && isOne },
    { keys: "e", label: t("queue.edit"), run: acts.edit, enabled: canEdit && isOne },
    { keys: "n", label: t("profile.addNote"), run: acts.note, enabled: canEdit && isOne },
    { keys: "u", label: t("queue.undo"), run: acts.undo },
    { keys: "j", label: t("queue.next"), run: () => grid()?.move(1) },
    { keys: "k", label: t("queue.previous"), run: () => grid()?.move(-1) },
    { keys: "x", label: t("queue.select"), run: () => grid()?.toggle() },
    { keys: "/", label: t("queue.search"), run: acts.search },
    { keys: "f", label: t("record.list.filterKey"), run: acts.filter },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { letters: false }));
}
