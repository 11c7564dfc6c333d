import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Id } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import { useMerge } from "../merge/useMerge.tsx";
import { likelyDuplicatesQuery } from "./LikelyDuplicates.tsx";

/**
 * Approves into the contact the person already is: the one that is named, the likeliest one in the directory, or one
 * that the dialog asks for. `focus` gives the keyboard back to the list, `follow` puts it on who
 * comes back.
 */
export function useApproveInto(
  focus: () => void,
  follow: (id: Id) => void,
): {
  approveInto: (pending: Id, into?: Id) => Promise<void>;
  dialog: ReactNode;
} {
  const merge = useMerge();
  const queries = useQueryClient();
  const approveInto = async (pending: Id, into?: Id) => {
    try {
      const likely = into === undefined ? await queries.fetchQuery(likelyDuplicatesQuery(pending)) : [];
      const target = into ?? likely.find(({ person }) => person.approval === "approved")?.person.id;
      merge.ask({
        kind: "contact",
        ids: target === undefined ? [pending] : [target, pending],
        into: pending,
        onDone: focus,
        onClose: focus,
        onUndone: () => follow(pending),
      });
    } catch (thrown) {
      toastError(thrown);
    }
  };
  return { approveInto, dialog: merge.dialog };
}
