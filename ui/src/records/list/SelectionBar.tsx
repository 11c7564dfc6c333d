import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import styles from "./List.module.css";

type Props = {
  /** How many are selected, of how many. */
  count: number;
  total: number;
  onSelectAll: () => void;
  onClear: () => void;
  /** What can be done with them. */
  children: ReactNode;
};

/** The selected rows of a list, from below: how many, all of them or none, and what can be done with them. */
export function SelectionBar({ count, total, onSelectAll, onClear, children }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t("record.bulk.label")}>
      <span className={styles.bulkCount} role="status">
        {t("record.bulk.selected", { count })}
      </span>
      {count < total && (
        <Button variant="quiet" size="small" hotkey="Ctrl+A" onPress={onSelectAll}>
          {t("record.bulk.all", { count: total })}
        </Button>
      )}
      {children}
      <IconButton label={t("record.bulk.clear")} icon={X} size="small" hotkey="Escape" onPress={onClear} />
    </div>
  );
}
