import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useFold } from "~/kit/layout/useFold.ts";
import styles from "./List.module.css";

type Props = {
  /** How many are selected, of how many. */
  count: number;
  total: number;
  onSelectAll: () => void;
  onClear: () => void;
  /** What can be done with them; in a narrow list fewer buttons and more behind the dots, step by step. */
  children: ReactNode | ((fold: number) => ReactNode);
  /** How many such steps there are. */
  folds?: number;
};

/** The selected rows of a list, from below: how many, all of them or none, and what can be done with them. */
export function SelectionBar({ count, total, onSelectAll, onClear, children, folds = 0 }: Props) {
  const { t } = useTranslation();
  const { ref, fold } = useFold<HTMLDivElement>(folds, `${count} ${total}`);
  return (
    <div ref={ref} className={styles.bulk} role="toolbar" aria-label={t("record.bulk.label")}>
      <span className={styles.bulkCount} role="status">
        {t("record.bulk.selected", { count })}
      </span>
      {count < total && (
        <Button variant="quiet" size="small" hotkey="Ctrl+A" onPress={onSelectAll}>
          {t("record.bulk.all", { count: total })}
        </Button>
      )}
      {typeof children === "function" ? children(fold) : children}
      <IconButton label={t("record.bulk.clear")} icon={X} size="small" hotkey="Escape" onPress={onClear} />
    </div>
  );
}
