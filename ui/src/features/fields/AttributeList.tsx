import { ArrowDown, ArrowUp, Ellipsis, GripVertical, PencilLine, Trash2 } from "lucide-react";
import { Button as AriaButton, DropIndicator, GridList, GridListItem, useDragAndDrop } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { AttributeInfo, Id } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { moved } from "./order.ts";

type Props = {
  label: string;
  attributes: AttributeInfo[];
  canManage: boolean;
  onReorder: (ids: Id[]) => void;
  onEdit: (attribute: AttributeInfo) => void;
  onDelete: (attribute: AttributeInfo) => void;
};

/** Attributes of one kind of record, reordered by dragging, or by keys on the handle: Enter, arrows, Enter. */
export function AttributeList({ label, attributes, canManage, onReorder, onEdit, onDelete }: Props) {
  const { t } = useTranslation();
  const ids = attributes.map(({ id }) => id);
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: !canManage,
    getItems: (keys) => [...keys].map((key) => ({ "text/plain": String(key) })),
    renderDropIndicator: (target) => <DropIndicator target={target} className={rows.drop ?? ""} />,
    onReorder: ({ keys, target }) => {
      if (target.dropPosition === "on") return;
      onReorder(moved(ids, [...keys].map(String), String(target.key), target.dropPosition));
    },
  });
  const step = (at: number, by: -1 | 1) => {
    const next = [...ids];
    const [id] = next.splice(at, 1);
    if (id !== undefined) next.splice(at + by, 0, id);
    onReorder(next);
  };
  return (
    <GridList aria-label={label} className={rows.list ?? ""} items={attributes} dragAndDropHooks={dragAndDropHooks}>
      {attributes.map((attribute, at) => (
        <GridListItem key={attribute.id} id={attribute.id} textValue={attribute.name} className={rows.row ?? ""}>
          {canManage && (
            <AriaButton slot="drag" className={rows.handle ?? ""}>
              <GripVertical size={16} aria-hidden />
            </AriaButton>
          )}
          <span className={stack.words}>
            <span className={rows.name}>{attribute.name}</span>
            <span className={rows.note}>
              {attribute.description ||
                attribute.choices.map(({ choice, records }) => `${choice} (${records})`).join(", ")}
            </span>
          </span>
          <Chip>{t(`attributes.type.${attribute.value_type}`)}</Chip>
          <span className={rows.count}>{t("attributes.filled", { count: attribute.filled })}</span>
          {canManage && (
            <Menu
              label={t("attributes.actions", { name: attribute.name })}
              trigger={
                <IconButton label={t("attributes.actions", { name: attribute.name })} icon={Ellipsis} size="small" />
              }
            >
              <MenuItem id="edit" icon={PencilLine} onAction={() => onEdit(attribute)}>
                {t("attributes.edit")}
              </MenuItem>
              <MenuItem id="up" icon={ArrowUp} isDisabled={at === 0} onAction={() => step(at, -1)}>
                {t("attributes.up")}
              </MenuItem>
              <MenuItem id="down" icon={ArrowDown} isDisabled={at === ids.length - 1} onAction={() => step(at, 1)}>
                {t("attributes.down")}
              </MenuItem>
              <MenuSeparator />
              <MenuItem
                id="delete"
                icon={Trash2}
                tone="bad"
                isDisabled={attribute.meaning !== null}
                note={attribute.meaning === null ? undefined : t("attributes.builtIn")}
                onAction={() => onDelete(attribute)}
              >
                {t("attributes.delete.menu")}
              </MenuItem>
            </Menu>
          )}
        </GridListItem>
      ))}
    </GridList>
  );
}
