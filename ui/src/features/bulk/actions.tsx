import { PencilLine, Tag, TagsIcon } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import type { BulkRequest } from "./BulkDialog.tsx";
import { type BulkWhat, LABELS_ADD, LABELS_REMOVE } from "./changes.ts";

const BulkDialog = lazy(() => import("./BulkDialog.tsx"));

/** Makes the same changes on all selected records: fields, labels, and whether contacts are approved. */
export const useBulkUpdate: ActionSet<BulkTarget> = ({ kind, selection, count, name, done }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<BulkRequest | null>(null);
  const ask = (what: BulkWhat | null) => () => setAsked({ what, kind, selection, count, name, done });
  const shared = { group: "edit", permission: "bulk_update" } as const;
  return {
    actions: [
      {
        ...shared,
        id: "change_fields",
        label: t("bulk.open"),
        icon: PencilLine,
        place: "button",
        run: ask(null),
      },
      { ...shared, id: "add_labels", label: t("bulk.add"), icon: Tag, run: ask(LABELS_ADD) },
      { ...shared, id: "remove_labels", label: t("bulk.remove"), icon: TagsIcon, run: ask(LABELS_REMOVE) },
    ],
    dialog: asked && <BulkDialog request={asked} onClose={() => setAsked(null)} />,
  };
};
