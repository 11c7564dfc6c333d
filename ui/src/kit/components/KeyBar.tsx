import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useFold } from "../layout/useFold.ts";
import styles from "./KeyBar.module.css";
import { Keys } from "./Keys.tsx";
import { ariaKeys } from "./platform.ts";

/** First the keys that move go, then acts and then words that are elsewhere as well, then the keys of what is left. */
const FOLDS = 4;

type BarProps = {
  label: string;
  /** What is in it: it is fitted anew when that changes. */
  content?: string;
  children: ReactNode;
};

/** What can be done at the foot of a page worked through by keyboard. It folds before it takes a second line. */
export function KeyBar({ label, content, children }: BarProps) {
  const { ref, fold } = useFold<HTMLDivElement>(FOLDS, content);
  return (
    <div ref={ref} className={styles.bar} data-fold={fold} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

type ActProps = {
  keys: string;
  onPress: () => void;
  isDisabled?: boolean;
  /** Left out where the bar is narrow. It must be somewhere else as well. */
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
