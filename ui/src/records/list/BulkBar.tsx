import { Ellipsis } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { ActionButtons, ActionMenu, type ActionSet, useActions } from "../actions/actions.tsx";
import type { BulkTarget } from "../actions/bulkTarget.ts";
import { SelectionBar } from "./SelectionBar.tsx";

type Props = {
  sets: readonly ActionSet<BulkTarget>[];
  target: BulkTarget;
  total: number;
  onSelectAll: () => void;
  onClear: () => void;
};

/** What can be done with the selected rows, from below. Its dialogs stay when a change empties the selection. */
export function BulkBar({ sets, target, total, onSelectAll, onClear }: Props) {
  const { t } = useTranslation();
  const { count } = target;
  const { actions, dialogs } = useActions(sets, target, t("record.bulk.label"), count > 0);
  return (
    <>
      {count > 0 && (
        <SelectionBar
          count={count}
          total={total}
          onSelectAll={onSelectAll}
          onClear={onClear}
          folds={actions.filter(({ place }) => place === "button" || place === "primary").length}
        >
          {(fold) => (
            <>
              <ActionButtons actions={actions} size="small" without={fold} />
              <ActionMenu
                label={t("common.more")}
                actions={actions}
                trigger={<IconButton label={t("common.more")} icon={Ellipsis} size="small" />}
                placement="top end"
              />
            </>
          )}
        </SelectionBar>
      )}
      {dialogs}
    </>
  );
}
