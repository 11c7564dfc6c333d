import { Check, type LucideIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps,
  MenuTrigger,
  Popover,
  type PopoverProps,
  Separator,
} from "react-aria-components";
import row from "../layout/Row.module.css";
import text from "../layout/Text.module.css";
import { Keys } from "./Keys.tsx";
import styles from "./Menu.module.css";

export type MenuProps = {
  /** The button that opens the menu. */
  trigger: ReactNode;
  /** `MenuItem`s and `MenuSeparator`s. */
  children: ReactNode;
  label: string;
  /** What is shown above the items and can’t be chosen, for example a sentence why some of them can’t be done. */
  top?: ReactNode;
  placement?: PopoverProps["placement"];
  selectionMode?: "none" | "single" | "multiple";
  selectedKeys?: Iterable<string>;
  onSelectionChange?: (keys: Set<string>) => void;
};

export function Menu({
  trigger,
  children,
  label,
  top,
  placement = "bottom end",
  selectionMode = "none",
  selectedKeys,
  onSelectionChange,
}: MenuProps) {
  const topId = useId();
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={styles.popover ?? ""} placement={placement} offset={4}>
        {top && (
          <div id={topId} className={typeof top === "string" ? styles.head : undefined}>
            {top}
          </div>
        )}
        <AriaMenu
          {...(top ? { "aria-describedby": topId } : {})}
          className={styles.menu ?? ""}
          aria-label={label}
          selectionMode={selectionMode}
          selectedKeys={selectedKeys}
          onSelectionChange={(keys) => onSelectionChange?.(keys === "all" ? new Set() : new Set([...keys].map(String)))}
          shouldCloseOnSelect={selectionMode !== "multiple"}
        >
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export type ItemProps = Omit<MenuItemProps, "children" | "className"> & {
  children: string;
  icon?: LucideIcon;
  hotkey?: string;
  tone?: "plain" | "bad";
  /** A line below, for example why it can't be done. */
  note?: string;
};

export function MenuItem({ children, icon: Icon, hotkey, tone = "plain", note, ...props }: ItemProps) {
  return (
    <AriaMenuItem {...props} className={`${row.item} ${styles.item}`} textValue={children} data-tone={tone}>
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode !== "none" && (
            <span className={styles.check}>{isSelected && <Check size={16} aria-hidden />}</span>
          )}
          {Icon && <Icon size={16} strokeWidth={1.75} className={styles.icon} aria-hidden />}
          <span className={text.rest}>
            {children}
            {note && <span className={styles.reason}>{note}</span>}
          </span>
          {hotkey && <Keys keys={hotkey} />}
        </>
      )}
    </AriaMenuItem>
  );
}

export function MenuSeparator() {
  return <Separator className={styles.separator ?? ""} />;
}
