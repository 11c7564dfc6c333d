import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import styles from "./KeyBar.module.css";
import { Keys } from "./Keys.tsx";
import { ariaKeys } from "./platform.ts";

/** What can be done at the foot of a page that is worked through by keyboard. A dense one drops words where it is narrow. */
export function KeyBar({ label, isDense, children }: { label: string; isDense?: boolean; children: ReactNode }) {
  return (
    <div className={styles.bar} data-dense={isDense || undefined} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

type ActProps = {
  keys: string;
  onPress: () => void;
  isDisabled?: boolean;
  /** Left out where a dense bar is narrow, before it takes a second line. It must be somewhere else as well. */
  isSpare?: boolean;
  children: ReactNode;
};

/** An act with its key in sight. Register the key with `useHotkeys` as well. */
export function KeyAct({ keys, onPress, isDisabled = false, isSpare = false, children }: ActProps) {
  return (
    <AriaButton
      className={styles.act ?? ""}
      onPress={onPress}
      isDisabled={isDisabled}
      data-spare={isSpare || undefined}
      aria-keyshortcuts={ariaKeys(keys)}
    >
      <span aria-hidden>
        <Keys keys={keys} />
      </span>
      {children}
    </AriaButton>
  );
}

/** Keys that move, beside those that act. */
export function KeyHint({ children }: { children: ReactNode }) {
  return (
    <span className={styles.hint} aria-hidden>
      {children}
    </span>
  );
}
