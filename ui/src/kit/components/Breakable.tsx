import { Fragment } from "react";

/** A long address that may break where people read a pause: after "@" and before a dot, not in the middle of a word. */
export function Breakable({ children }: { children: string }) {
  const parts = children.split(/(?<=@)|(?=\.)/);
  return parts.map((part, n) => (
    <Fragment key={n}>
      {n > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
