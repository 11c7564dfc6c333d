import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  EyeOff,
  FoldHorizontal,
  ListFilter,
  type LucideIcon,
  UnfoldHorizontal,
} from "lucide-react";
import { Menu, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import menu from "../components/Menu.module.css";
import { MenuItem, MenuSeparator } from "../components/Menu.tsx";
import type { ColumnChange, GridColumn } from "./columns.ts";

const STEP = 48;

type Props<T> = {
  columns: GridColumn<T>[];
  columnKey: string;
  anchor: HTMLElement | null;
  onSort: (key: string, descending: boolean) => void;
  onColumnChange: (change: ColumnChange) => void;
  onFilter?: ((key: string) => void) | undefined;
  onClose: () => void;
};

/** All that can be done to a column, in words. */
export function ColumnMenu<T>({ columns, columnKey, anchor, onSort, onColumnChange, onFilter, onClose }: Props<T>) {
  const { t } = useTranslation();
  const index = columns.findIndex((column) => column.key === columnKey);
  const column = columns[index];
  if (!column || !anchor) return null;
  const pinned = columns.filter((other) => other.pinned).length;
  const item = (id: string, label: string, icon: LucideIcon, run: () => void, enabled = true, hotkey?: string) => (
    <MenuItem id={id} icon={icon} onAction={run} isDisabled={!enabled} hotkey={hotkey}>
      {label}
    </MenuItem>
  );
  return (
    <Popover
      className={menu.popover ?? ""}
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      offset={2}
    >
      <Menu
        className={menu.menu ?? ""}
        aria-label={t("grid.columnMenu", { column: column.label })}
        autoFocus="first"
        onClose={onClose}
      >
        {item("ascending", t("grid.sortAscending"), ArrowUp, () => onSort(columnKey, false), column.sortable)}
        {item("descending", t("grid.sortDescending"), ArrowDown, () => onSort(columnKey, true), column.sortable)}
        {onFilter &&
          item("filter", t("grid.filter"), ListFilter, () => onFilter(columnKey), column.filterable === true)}
        <MenuSeparator />
        {item(
          "left",
          t("grid.moveLeft"),
          ArrowLeft,
          () => onColumnChange({ change: "move", key: columnKey, to: index - 1 }),
          !column.pinned && index > pinned,
          "Ctrl+Shift+ArrowLeft",
        )}
        {item(
          "right",
          t("grid.moveRight"),
          ArrowRight,
          () => onColumnChange({ change: "move", key: columnKey, to: index + 1 }),
          !column.pinned && index < columns.length - 1,
          "Ctrl+Shift+ArrowRight",
        )}
        {item(
          "wider",
          t("grid.wider"),
          UnfoldHorizontal,
          () => onColumnChange({ change: "resize", key: columnKey, width: column.width + STEP }),
          true,
          "Shift+ArrowRight",
        )}
        {item(
          "narrower",
          t("grid.narrower"),
          FoldHorizontal,
          () => onColumnChange({ change: "resize", key: columnKey, width: column.width - STEP }),
          true,
          "Shift+ArrowLeft",
        )}
        <MenuSeparator />
        {item(
          "hide",
          t("grid.hide"),
          EyeOff,
          () => onColumnChange({ change: "show", key: columnKey, shown: false }),
          !column.pinned,
        )}
      </Menu>
    </Popover>
  );
}
