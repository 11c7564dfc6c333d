import { Check, ShieldX, UserRoundCheck, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Approval, CHOICES, type Condition } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import type { ReviewKind } from "./request.ts";
import { useReview } from "./useReview.tsx";

/** Approvals a list may hold: without a condition the directory holds approved contacts only. */
export function approvalsIn(filter: Condition[]): Approval[] {
  let held: Approval[] = [...CHOICES.contact.approval];
  const conditions = filter.filter((condition) => condition.field === "approval");
  if (conditions.length === 0) return ["approved"];
  for (const { op, values } of conditions) {
    if (op === "is") held = held.filter((approval) => values.includes(approval));
    if (op === "is_not") held = held.filter((approval) => !values.includes(approval));
  }
  return held;
}

/** Approves and rejects selected contacts. */
export const useBulkReview: ActionSet<BulkTarget> = ({ selection, count, name, filter, done }) => {
  const { t } = useTranslation();
  const review = useReview();
  const held = approvalsIn(filter);
  const canApprove = held.some((approval) => approval !== "approved");
  const before = held.length === 1 ? (held[0] ?? null) : null;
  const canReject = held.some((approval) => approval !== "rejected");
  const ask = (action: ReviewKind) => () => review.ask({ action, before, selection, count, name, onDone: done });
  const shared = { group: "review", permission: "review_contacts" } as const;
  return {
    actions: [
      {
        ...shared,
        id: "approve",
        label: t("review.approve"),
        icon: Check,
        place: "button",
        hidden: !canApprove,
        run: ask("approve"),
      },
      {
        ...shared,
        id: "approve_and_assign",
        label: t("review.approve_and_assign"),
        icon: UserRoundCheck,
        hidden: !canApprove,
        run: ask("approve_and_assign"),
      },
      {
        ...shared,
        id: "reject",
        label: t("review.reject"),
        icon: X,
        place: "button",
        hidden: !canReject,
        run: ask("reject"),
      },
      {
        ...shared,
        id: "reject_and_revoke",
        label: t("review.reject_and_revoke"),
        icon: ShieldX,
        run: ask("reject_and_revoke"),
      },
    ],
    dialog: review.dialog,
  };
};
