import { ArrowDown, ArrowUp, Check, Minus } from "lucide-react";
import { type CSSProperties, type PointerEvent as ReactPointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import { chordText } from "../components/platform.ts";
import mark from "../layout/Mark.module.css";
import text from "../layout/Text.module.css";
import { ColumnMenu } from "./ColumnMenu.tsx";
import { type ColumnChange, type GridColumn, MAX_WIDTH, MIN_WIDTH } from "./columns.ts";
import styles from "./Grid.module.css";

const DRAG_FROM = 6;

type Props<T> = {
  columns: GridColumn<T>[];
  sort: SortKey[];
  activeColumn: number | null;
  cellId: (column: number) => string;
  /** null where nothing can be selected */
  selectionState: "none" | "some" | "all" | null;
  onSelectAll: () => void;
  hasActions: boolean;
  onSort: (key: string, descending?: boolean) => void;
  onColumnChange: (change: ColumnChange) => void;
  onFilter: ((key: string) => void) | undefined;
  menuColumn: string | null;
  onMenuColumn: (key: string | null) => void;
};

/** Names of the columns: click sorts, the edge resizes, dragging reorders, the menu does all three in words. */
export function GridHeader<T>({
  columns,
  sort,
  activeColumn,
  cellId,
  selectionState,
  onSelectAll,
  hasActions,
  onSort,
  onColumnChange,
  onFilter,
  menuColumn,
  onMenuColumn,
}: Props<T>) {
  const { t } = useTranslation();
  const header = useRef<HTMLDivElement>(null);
  const [drop, setDrop] = useState<number | null>(null);
  const offset = selectionState ? 1 : 0;

  const startResize = (event: ReactPointerEvent<HTMLSpanElement>, column: GridColumn<T>) => {
    event.preventDefault();
    event.stopPropagation();
    const from = event.clientX;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: PointerEvent) => {
      const width = Math.min(Math.max(column.width + moved.clientX - from, MIN_WIDTH), MAX_WIDTH);
      onColumnChange({ change: "resize", key: column.key, width });
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  };

  const startDrag = (event: ReactPointerEvent<HTMLDivElement>, column: GridColumn<T>, index: number) => {
    if (event.button !== 0) return;
    const from = event.clientX;
    const cell = event.currentTarget;
    let target: number | null = null;
    const move = (moved: PointerEvent) => {
      if (column.pinned || (target === null && Math.abs(moved.clientX - from) < DRAG_FROM)) return;
      const cells = [...(header.current?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
      const before = cells.filter((other) => {
        const box = other.getBoundingClientRect();
        return moved.clientX > box.left + box.width / 2;
      }).length;
      const pinned = columns.filter((other) => other.pinned).length;
      target = Math.max(before, pinned);
      setDrop(target);
    };
    const end = (ended: PointerEvent) => {
      cell.ownerDocument.removeEventListener("pointermove", move);
      cell.ownerDocument.removeEventListener("pointerup", end);
      cell.ownerDocument.removeEventListener("pointercancel", end);
      setDrop(null);
      if (ended.type === "pointercancel") return;
      if (target !== null)
        onColumnChange({ change: "move", key: column.key, to: target > index ? target - 1 : target });
      else if (column.sortable) onSort(column.key);
    };
    cell.ownerDocument.addEventListener("pointermove", move);
    cell.ownerDocument.addEventListener("pointerup", end);
    cell.ownerDocument.addEventListener("pointercancel", end);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the grid, see Grid.
    <div role="rowgroup" className={styles.head} ref={header}>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus. */}
      <div role="row" className={styles.headRow} aria-rowindex={1}>
        {selectionState && (
          // biome-ignore lint/a11y/useSemanticElements: see above.
          // biome-ignore lint/a11y/useFocusableInteractive: see above.
          // biome-ignore lint/a11y/useKeyWithClickEvents: Ctrl+A does the same.
          <div
            role="columnheader"
            className={styles.select}
            aria-colindex={1}
            title={
              selectionState === "none"
                ? t("grid.tipSelectAll", { keys: chordText("Ctrl+A") })
                : t("grid.tipSelectNone")
            }
            onClick={onSelectAll}
          >
            <span className="visually-hidden">{t("grid.select")}</span>
            <span
              className={`${mark.box} ${styles.box}`}
              data-checked={selectionState !== "none" || undefined}
              aria-hidden
            >
              {selectionState === "all" && <Check size={12} strokeWidth={3} />}
              {selectionState === "some" && <Minus size={12} strokeWidth={3} />}
            </span>
          </div>
        )}
        {columns.map((column, n) => {
          const sorted = sort[0]?.field === column.key ? sort[0] : null;
          return (
            // biome-ignore lint/a11y/useSemanticElements: see above.
            // biome-ignore lint/a11y/useFocusableInteractive: see above.
            <div
              key={column.key}
              id={cellId(n)}
              role="columnheader"
              className={styles.headCell}
              style={{ width: `var(--c${n})` } as CSSProperties}
              aria-colindex={n + 1 + offset}
              aria-sort={sorted ? (sorted.descending ? "descending" : "ascending") : undefined}
              title={column.label}
              data-column={column.key}
              data-pinned={column.pinned || undefined}
              data-align={column.align}
              data-active={activeColumn === n || undefined}
              data-drop={drop === n ? "before" : drop === n + 1 && n === columns.length - 1 ? "after" : undefined}
              onPointerDown={(event) => startDrag(event, column, n)}
              onContextMenu={(event) => {
                event.preventDefault();
                onMenuColumn(column.key);
              }}
            >
              <span className={text.clip}>{column.label}</span>
              {sorted && (sorted.descending ? <ArrowDown size={14} aria-hidden /> : <ArrowUp size={14} aria-hidden />)}
              <span className={styles.resizer} onPointerDown={(event) => startResize(event, column)} aria-hidden />
            </div>
          );
        })}
        {hasActions && (
          // biome-ignore lint/a11y/useSemanticElements: see above.
          // biome-ignore lint/a11y/useFocusableInteractive: see above.
          <div role="columnheader" className={styles.actions} aria-colindex={columns.length + 1 + offset}>
            <span className="visually-hidden">{t("grid.actions")}</span>
          </div>
        )}
      </div>
      {menuColumn !== null && (
        <ColumnMenu
          columns={columns}
          columnKey={menuColumn}
          anchor={header.current?.querySelector<HTMLElement>(`[data-column="${CSS.escape(menuColumn)}"]`) ?? null}
          onSort={onSort}
          onColumnChange={onColumnChange}
          onFilter={onFilter}
          onClose={() => onMenuColumn(null)}
        />
      )}
    </div>
  );
}
