import { Ellipsis } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/Button.tsx";
import type { ListRow } from "~/grid/useResultSet.ts";
import type { Condition, RecordKind, Selection } from "~/ipc";
import { ActionButtons, ActionMenu, type ActionSet, useActions } from "./actions.tsx";
import { SelectionBar } from "./SelectionBar.tsx";

/** What a bulk action works on. */
export type BulkTarget = {
  kind: RecordKind;
  selection: Selection;
  /** How many are selected; never 0 when an action runs. */
  count: number;
  /** Its name, where it is one record. */
  name: string | null;
  /** The row, where it is one record and the list shows it. */
  row?: ListRow | null;
  /** The conditions of the list they were selected in. */
  filter: Condition[];
  /** Call it once it is done: clears the selection. */
  done: () => void;
};

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
        <SelectionBar count={count} total={total} onSelectAll={onSelectAll} onClear={onClear}>
          <ActionButtons actions={actions} size="small" />
          <ActionMenu
            label={t("common.more")}
            actions={actions}
            trigger={<IconButton label={t("common.more")} icon={Ellipsis} size="small" />}
            placement="top end"
          />
        </SelectionBar>
      )}
      {dialogs}
    </>
  );
}
