import { PencilLine, Tag, TagsIcon } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import type { BulkRequest, BulkWhat } from "./BulkDialog.tsx";

const BulkDialog = lazy(() => import("./BulkDialog.tsx"));

/** Makes one change on all selected records: a field, or labels. */
export const useBulkUpdate: ActionSet<BulkTarget> = ({ kind, selection, count, name, done }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<BulkRequest | null>(null);
  const ask = (what: BulkWhat) => () => setAsked({ what, kind, selection, count, name, done });
  const shared = { group: "edit", permission: "bulk_update" } as const;
  return {
    actions: [
      {
        ...shared,
        id: "change_field",
        label: t("bulk.field.open"),
        icon: PencilLine,
        place: "button",
        run: ask("field"),
      },
      { ...shared, id: "add_labels", label: t("bulk.add.open"), icon: Tag, run: ask("add") },
      { ...shared, id: "remove_labels", label: t("bulk.remove.open"), icon: TagsIcon, run: ask("remove") },
    ],
    dialog: asked && <BulkDialog request={asked} onClose={() => setAsked(null)} />,
  };
};
