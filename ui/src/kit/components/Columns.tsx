import { Fragment, type ReactNode } from "react";
import styles from "./Columns.module.css";

export type Part = {
  key: string;
  /** About how many lines it has. */
  lines: number;
  content: ReactNode;
};

/** Where the second column begins so that the two are about equally high; the order of the parts stays. */
export function splitAt(lines: number[]): number {
  const total = lines.reduce((sum, each) => sum + each, 0);
  let [best, height, left] = [lines.length, total, 0];
  lines.forEach((each, n) => {
    left += each;
    const higher = Math.max(left, total - left);
    if (higher < height) [best, height] = [n + 1, higher];
  });
  return best;
}

/** Parts of a page in two columns that begin at the same height, or one below the other where there is no room. */
export function Columns({ parts }: { parts: Part[] }) {
  const second = splitAt(parts.map(({ lines }) => lines));
  const column = (some: Part[]) => (
    <div className={styles.column}>
      {some.map(({ key, content }) => (
        <Fragment key={key}>{content}</Fragment>
      ))}
    </div>
  );
  return (
    <div className={styles.columns}>
      {column(parts.slice(0, second))}
      {second < parts.length && column(parts.slice(second))}
    </div>
  );
}
