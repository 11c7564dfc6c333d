import { ArrowLeft, ArrowRight, Ellipsis, Pencil, Pin, PinOff, SquarePlus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import type { useViewActs } from "./useViewActs.ts";

type Props = {
  saved: SavedView;
  acts: ReturnType<typeof useViewActs>;
  onSaveAs: () => void;
  onEdit: () => void;
  onRemove: () => void;
};

/** What can be done with the saved view that is open. */
export function ViewMenu({ saved, acts, onSaveAs, onEdit, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t("views.menu")}
      trigger={<IconButton label={t("views.menu")} icon={Ellipsis} size="small" />}
      placement="bottom start"
    >
      <MenuItem id="save_as" icon={SquarePlus} hotkey="Shift+S" onAction={onSaveAs}>
        {t("views.saveAs")}
      </MenuItem>
      <MenuItem id="edit" icon={Pencil} isDisabled={!saved.may_change} onAction={onEdit}>
        {t("views.edit")}
      </MenuItem>
      <MenuItem id="pin" icon={saved.pinned ? PinOff : Pin} isDisabled={!saved.may_change} onAction={acts.pin}>
        {t(saved.pinned ? "views.unpin" : "views.pin")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem id="earlier" icon={ArrowLeft} isDisabled={acts.isFirst} onAction={() => acts.move(-1)}>
        {t("views.earlier")}
      </MenuItem>
      <MenuItem id="later" icon={ArrowRight} isDisabled={acts.isLast} onAction={() => acts.move(1)}>
        {t("views.later")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem id="delete" icon={Trash2} tone="bad" isDisabled={!saved.may_change} onAction={onRemove}>
        {t("views.delete")}
      </MenuItem>
    </Menu>
  );
}
