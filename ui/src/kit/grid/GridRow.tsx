import { Check } from "lucide-react";
import { type CSSProperties, type MouseEvent, memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import mark from "../layout/Mark.module.css";
import type { GridColumn } from "./columns.ts";
import styles from "./Grid.module.css";

type Props<T> = {
  id: string;
  gridId: string;
  index: number;
  /** undefined while its window is being read */
  row: T | undefined;
  columns: GridColumn<T>[];
  isActive: boolean;
  activeColumn: number | null;
  isSelected: boolean;
  isSelectable: boolean;
  onClick: (event: MouseEvent, row: T, index: number) => void;
  actions?: ((row: T) => ReactNode) | undefined;
};

function Row<T extends { id: string; name: string }>({
  id,
  gridId,
  index,
  row,
  columns,
  isActive,
  activeColumn,
  isSelected,
  isSelectable,
  onClick,
  actions,
}: Props<T>) {
  const { t } = useTranslation();
  const offset = isSelectable ? 1 : 0;
  const selectTip = t("grid.tipSelect");
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a window onto a long list, see Grid. biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the active row.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys.
    <div
      id={id}
      role="row"
      className={styles.row}
      aria-rowindex={index + 2}
      aria-selected={isSelectable ? isSelected : undefined}
      data-active={isActive || undefined}
      data-whole={(isActive && activeColumn === -1) || undefined}
      data-selected={isSelected || undefined}
      onClick={(event) => row && onClick(event, row, index)}
    >
      {isSelectable && (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: see above.
        <div role="gridcell" className={styles.select} aria-colindex={1} title={selectTip} data-check>
          <span className={`${mark.box} ${styles.box}`} data-checked={isSelected || undefined} aria-hidden>
            {isSelected && <Check size={12} strokeWidth={3} />}
          </span>
        </div>
      )}
      {columns.map((column, n) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: see above.
        <div
          key={column.key}
          id={`${gridId}r${index}c${n}`}
          role="gridcell"
          className={styles.cell}
          style={{ width: `var(--c${n})` } as CSSProperties}
          aria-colindex={n + 1 + offset}
          data-pinned={column.pinned || undefined}
          data-align={column.align}
          data-active={activeColumn === n || undefined}
        >
          {row === undefined ? <span className={styles.pending} /> : column.render(row)}
        </div>
      ))}
      {actions && (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        // biome-ignore lint/a11y/useFocusableInteractive: see above.
        // biome-ignore lint/a11y/useKeyWithClickEvents: a click on a button of the row is not a click on the row.
        <div
          role="gridcell"
          className={styles.actions}
          aria-colindex={columns.length + 1 + offset}
          onClick={(event) => event.stopPropagation()}
        >
          {row && actions(row)}
        </div>
      )}
    </div>
  );
}

export const GridRow = memo(Row) as typeof Row;
