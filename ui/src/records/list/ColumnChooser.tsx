import { Columns3, Rows3, Rows4 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import type { ColumnChange, GridColumn } from "~/kit/grid/columns.ts";
import { chooseDensity, useDensity } from "~/kit/grid/density.ts";
import styles from "./List.module.css";

type Props<T> = { all: GridColumn<T>[]; shown: GridColumn<T>[]; onChange: (change: ColumnChange) => void };

/** Which columns a list shows, and how high its rows are. */
export function ColumnChooser<T>({ all, shown, onChange }: Props<T>) {
  const { t } = useTranslation();
  const density = useDensity();
  const shownKeys = shown.map((column) => column.key);
  return (
    <span className={styles.tools}>
      <IconButton
        label={t(density === "compact" ? "grid.normalRows" : "grid.compactRows")}
        icon={density === "compact" ? Rows3 : Rows4}
        onPress={() => chooseDensity(density === "compact" ? "normal" : "compact")}
      />
      <Menu
        label={t("grid.columns")}
        trigger={<IconButton label={t("grid.columns")} icon={Columns3} />}
        selectionMode="multiple"
        selectedKeys={shownKeys}
        onSelectionChange={(keys) => {
          for (const column of all) {
            if (!column.pinned && keys.has(column.key) !== shownKeys.includes(column.key))
              onChange({ change: "show", key: column.key, shown: keys.has(column.key) });
          }
        }}
      >
        {all
          .filter((column) => !column.pinned)
          .map((column) => (
            <MenuItem key={column.key} id={column.key}>
              {column.label}
            </MenuItem>
          ))}
      </Menu>
    </span>
  );
}
