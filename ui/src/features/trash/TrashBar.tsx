import { ArchiveRestore, Eraser, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "~/components/Button.tsx";
import list from "../record/List.module.css";

type Props = {
  count: number;
  total: number;
  onRestore: (() => void) | undefined;
  onErase: (() => void) | undefined;
  onSelectAll: () => void;
  onClear: () => void;
};

/** What can be done with the selected rows of the trash, from below. */
export function TrashBar({ count, total, onRestore, onErase, onSelectAll, onClear }: Props) {
  const { t } = useTranslation();
  return (
    <div className={list.bulk} role="toolbar" aria-label={t("record.bulk.label")}>
      <span className={list.bulkCount} role="status">
        {t("record.bulk.selected", { count })}
      </span>
      {count < total && (
        <Button variant="quiet" size="small" hotkey="Ctrl+A" onPress={onSelectAll}>
          {t("record.bulk.all", { count: total })}
        </Button>
      )}
      {onRestore && (
        <Button variant="quiet" size="small" icon={ArchiveRestore} hotkey="r" onPress={onRestore}>
          {t("trash.restore")}
        </Button>
      )}
      {onErase && (
        <Button variant="quiet" size="small" icon={Eraser} hotkey="Delete" onPress={onErase}>
          {t("trash.erase")}
        </Button>
      )}
      <IconButton label={t("record.bulk.clear")} icon={X} size="small" hotkey="Escape" onPress={onClear} />
    </div>
  );
}
