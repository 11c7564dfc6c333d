import { Fragment } from "react";

/**
 * A long address that may break where people read a pause: after "@" and before a dot, not in the middle of a word.
 * Browsers break after hyphens as well; where that must not be, `part` is a class that forbids it in what is between.
 */
export function Breakable({ children, part: whole }: { children: string; part?: string | undefined }) {
  const parts = children.split(/(?<=@)|(?=\.)/);
  return parts.map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <wbr />}
      {whole ? <span className={whole}>{part}</span> : part}
    </Fragment>
  ));
}
