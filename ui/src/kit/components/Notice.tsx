import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Notice.module.css";

/** A line above every screen that stays while something needs an answer: what it is, and what to do. */
export function Notice({ icon: Icon, children, acts }: { icon: LucideIcon; children: ReactNode; acts: ReactNode }) {
  return (
    <div className={styles.notice} role="status">
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <p>{children}</p>
      <div className={styles.acts}>{acts}</div>
    </div>
  );
}
