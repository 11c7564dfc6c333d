import { ArchiveRestore, Eraser } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { SelectionBar } from "~/records/list/SelectionBar.tsx";

type Props = {
  count: number;
  total: number;
  onRestore: (() => void) | undefined;
  onErase: (() => void) | undefined;
  onSelectAll: () => void;
  onClear: () => void;
};

/** What can be done with the selected rows of the trash. */
export function TrashBar({ onRestore, onErase, ...selected }: Props) {
  const { t } = useTranslation();
  return (
    <SelectionBar {...selected}>
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
    </SelectionBar>
  );
}
