import { Ellipsis } from "lucide-react";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, RecordKind } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { type Action, ActionMenu, type ActionSet, useActions } from "../actions/actions.tsx";
import type { BulkTarget } from "../actions/bulkTarget.ts";
import type { ListRow } from "../query/useResultSet.ts";

/**
 * The three dots at the end of each row. The sets run once for the list, for the row whose menu was opened last: a
 * dialog that a menu opened stays when the row goes.
 */
export function useRowMenu(
  sets: readonly ActionSet<BulkTarget>[],
  kind: RecordKind,
  filter: Condition[],
  done: () => void,
): { button: (row: ListRow) => ReactNode; dialogs: ReactNode } {
  const { t } = useTranslation();
  const [row, setRow] = useState<ListRow | null>(null);
  const target: BulkTarget = {
    kind,
    selection: { by: "ids", ids: row ? [row.id] : [] },
    count: 1,
    name: row?.name ?? "",
    row,
    filter,
    done,
  };
  const { actions, dialogs } = useActions(sets, target, "", false);
  // Their keys work on selected rows; here they would promise what they don't do.
  const offered = actions.map((action) => ({ ...action, hotkey: undefined }));
  const button = (each: ListRow) => {
    const label = t("record.list.rowMenu", { name: each.name });
    return (
      <ActionMenu label={label} actions={offered} trigger={<RowButton label={label} row={each} onPress={setRow} />} />
    );
  };
  return { button, dialogs };
}

/** The row is known before its menu is drawn. */
function RowButton({ label, row, onPress }: { label: string; row: ListRow; onPress: (row: ListRow) => void }) {
  const press = useCallback(() => onPress(row), [onPress, row]);
  return <IconButton excludeFromTabOrder label={label} icon={Ellipsis} size="small" onPressStart={press} />;
}

/** The three dots beside the buttons of a record in a pane, where its keys don't work. */
export function RowMenuButton({ label, actions }: { label: string; actions: Action[] }) {
  const offered = actions.map((action) => ({ ...action, hotkey: undefined }));
  return (
    <ActionMenu label={label} actions={offered} trigger={<IconButton label={label} icon={Ellipsis} size="small" />} />
  );
}
