import { Check, ShieldX, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { ReviewKind } from "./request.ts";
import { useReview } from "./useReview.tsx";

/** Approves and rejects the contact whose page is open. */
export const useContactReview: ActionSet<ContactProfile> = ({ id, name, chips, user }) => {
  const { t } = useTranslation();
  const review = useReview();
  const { approval } = chips;
  const request = (action: ReviewKind) => ({
    before: approval,
    action,
    selection: { by: "ids" as const, ids: [id] },
    count: 1,
    name,
  });
  const shared = { group: "review", permission: "review_contacts" } as const;
  return {
    actions: [
      {
        ...shared,
        id: "approve",
        label: t("review.approve"),
        icon: Check,
        hotkey: "a",
        place: "primary",
        hidden: approval === "approved",
        run: () => review.act(request("approve")),
      },
      {
        ...shared,
        id: "reject",
        label: t("review.reject"),
        icon: X,
        hotkey: "r",
        tone: "bad",
        hidden: approval === "rejected",
        run: () => review.ask(request("reject")),
      },
      {
        ...shared,
        id: "reject_and_revoke",
        label: t("profile.rejectAndRevoke"),
        icon: ShieldX,
        hotkey: "Shift+R",
        tone: "bad",
        hidden: approval === "rejected" && !user?.access,
        run: () => review.ask(request("reject_and_revoke")),
      },
    ],
    dialog: review.dialog,
  };
};
