import { Columns3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/components/Button.tsx";
import { Menu, MenuItem } from "~/components/Menu.tsx";
import type { ColumnChange, GridColumn } from "~/grid/columns.ts";

type Props<T> = { all: GridColumn<T>[]; shown: GridColumn<T>[]; onChange: (change: ColumnChange) => void };

/** Which columns a list shows. */
export function ColumnChooser<T>({ all, shown, onChange }: Props<T>) {
  const { t } = useTranslation();
  const shownKeys = shown.map((column) => column.key);
  return (
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
  );
}
