import { Columns3, Rows3, Rows4 } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import menu from "~/kit/components/Menu.module.css";
import type { ColumnChange, GridColumn } from "~/kit/grid/columns.ts";
import { chooseDensity, useDensity } from "~/kit/grid/density.ts";
import { FieldMenu } from "../fields/FieldMenu.tsx";
import styles from "./List.module.css";

type Props<T> = {
  all: GridColumn<T>[];
  shown: GridColumn<T>[];
  /** Keys of the columns that people choose most. */
  usual?: readonly string[];
  onChange: (change: ColumnChange) => void;
};

const NONE: readonly string[] = [];

/** Which columns a list shows, and how high its rows are. */
export function ColumnChooser<T>({ all, shown, usual = NONE, onChange }: Props<T>) {
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
      <DialogTrigger>
        <IconButton label={t("grid.columns")} icon={Columns3} />
        <Popover className={`${menu.popover} ${styles.columns}`} placement="bottom end" offset={4}>
          <Dialog className={styles.dialog ?? ""} aria-label={t("grid.columns")}>
            <FieldMenu
              label={t("grid.columns")}
              fields={all.flatMap(({ key, label, pinned, section = "" }) => (pinned ? [] : [{ key, label, section }]))}
              usual={usual}
              chosen={shownKeys}
              onPick={(key) => onChange({ change: "show", key, shown: !shownKeys.includes(key) })}
            />
          </Dialog>
        </Popover>
      </DialogTrigger>
    </span>
  );
}
