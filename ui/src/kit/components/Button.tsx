import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import styles from "./Button.module.css";
import { Keys } from "./Keys.tsx";
import { ariaKeys } from "./platform.ts";

type Shared = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  /** The key that does the same; shown in the tooltip. Register it with `useHotkeys` as well. */
  hotkey?: string;
  ref?: Ref<HTMLButtonElement>;
};

export type ButtonProps = Shared & {
  children: ReactNode;
  icon?: LucideIcon;
  variant?: "primary" | "secondary" | "quiet" | "destructive";
  size?: "normal" | "small";
};

/** A button that names its act. One primary button per view at most; destructive only inside the dialog that explains. */
export function Button({
  children,
  icon: Icon,
  variant = "secondary",
  size = "normal",
  hotkey,
  ref,
  ...props
}: ButtonProps) {
  const button = (
    <AriaButton
      {...props}
      ref={ref}
      className={styles.button}
      data-variant={variant}
      data-size={size}
      aria-keyshortcuts={ariaKeys(hotkey)}
    >
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />}
      {children}
    </AriaButton>
  );
  return hotkey ? (
    <Tip content={children} hotkey={hotkey}>
      {button}
    </Tip>
  ) : (
    button
  );
}

export type IconButtonProps = Shared & {
  label: string;
  icon: LucideIcon;
  size?: "normal" | "small";
  tone?: "plain" | "good" | "bad";
};

/** A button of one icon. Its label is its name and its tooltip. */
export function IconButton({
  label,
  icon: Icon,
  hotkey,
  size = "normal",
  tone = "plain",
  ref,
  ...props
}: IconButtonProps) {
  return (
    <Tip content={label} hotkey={hotkey}>
      <AriaButton
        {...props}
        ref={ref}
        className={styles.icon}
        data-size={size}
        data-tone={tone}
        aria-label={label}
        aria-keyshortcuts={ariaKeys(hotkey)}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </AriaButton>
    </Tip>
  );
}

/** A tooltip around one focusable element. */
export function Tip({ content, hotkey, children }: { content: ReactNode; hotkey?: string; children: ReactNode }) {
  return (
    <TooltipTrigger delay={450} closeDelay={60}>
      {children}
      <Tooltip className={styles.tip ?? ""} offset={6}>
        {content}
        {hotkey && <Keys keys={hotkey} tone="inverse" />}
      </Tooltip>
    </TooltipTrigger>
  );
}
