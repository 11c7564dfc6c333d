import { useNavigate } from "@tanstack/react-router";
import { Merge } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type ContactProfile, call, commands, type EmployerProfile, type Id, LIMITS, type Selection } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useMerge } from "./useMerge.tsx";

const MOST = LIMITS.merged_records;
const SHARED = { id: "merge", group: "records", icon: Merge, permission: "merge_contacts" } as const;

/** Merges the contact whose page is open with another one (M18). */
export const useMergeContact: ActionSet<ContactProfile> = ({ id, frozen }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const merge = useMerge();
  const onDone = (survivor: Id) =>
    void (survivor !== id && navigate({ to: "/contacts/$id", params: { id: survivor }, search: {}, replace: true }));
  return {
    actions: [
      {
        ...SHARED,
        label: t("merge.action"),
        disabled: frozen && t("errors.frozen"),
        run: () => merge.ask({ kind: "contact", ids: [id], onDone }),
      },
    ],
    dialog: merge.dialog,
  };
};

/** Merges the employer whose page is open with another one. */
export const useMergeEmployer: ActionSet<EmployerProfile> = ({ id }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const merge = useMerge();
  const onDone = (survivor: Id) =>
    void (survivor !== id && navigate({ to: "/employers/$id", params: { id: survivor }, search: {}, replace: true }));
  return {
    actions: [{ ...SHARED, label: t("merge.action"), run: () => merge.ask({ kind: "employer", ids: [id], onDone }) }],
    dialog: merge.dialog,
  };
};

/** The ids of a selection that is small enough to be merged. */
async function idsOf(selection: Selection): Promise<Id[]> {
  if (selection.by === "ids") return selection.ids;
  const { rows } = await call(commands.listWindow(selection.result, 0, MOST + selection.except.length, []));
  return rows.map((row) => row.id).filter((id) => !selection.except.includes(id));
}

/** Merges selected contacts or employers. */
export const useBulkMerge: ActionSet<BulkTarget> = ({ kind, selection, count, done }) => {
  const { t } = useTranslation();
  const merge = useMerge();
  const ask = async () => {
    if (kind !== "contact" && kind !== "employer") return;
    try {
      merge.ask({ kind, ids: await idsOf(selection), onDone: done });
    } catch (error) {
      toastError(error);
    }
  };
  return {
    actions: [
      {
        ...SHARED,
        label: t("merge.action"),
        hidden: count < 2 || (kind !== "contact" && kind !== "employer"),
        disabled: count > MOST && t("merge.tooMany", { most: MOST }),
        run: () => void ask(),
      },
    ],
    dialog: merge.dialog,
  };
};
