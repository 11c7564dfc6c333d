import { type ReactNode, useId } from "react";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Students.module.css";

/** A part of the panel: its name, one act at most, and what it says. */
export function Section({ title, act, children }: { title: string; act?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={stack.smallBy4} aria-labelledby={id}>
      <header className={`${row.between} ${styles.sectionHead}`}>
        <h3 id={id} className={styles.heading}>
          {title}
        </h3>
        {act}
      </header>
      {children}
    </section>
  );
}
