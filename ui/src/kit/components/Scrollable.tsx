import type { ReactNode } from "react";
import frame from "../layout/Frame.module.css";

/** A part of the page that scrolls by itself. It can be reached by keyboard, or one could not read it to the end. */
export function Scrollable({
  label,
  className,
  children,
}: {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus.
    <section className={`${frame.scrollable} ${className ?? ""}`} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
