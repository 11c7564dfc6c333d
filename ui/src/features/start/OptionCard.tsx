import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Radio } from "react-aria-components";
import styles from "./Start.module.css";

type Props = { value: string; icon: LucideIcon; label: string; note: string; children?: ReactNode };

/** One of a few choices, with what it means. */
export function OptionCard({ value, icon: Icon, label, note }: Props) {
  return (
    <Radio value={value} className={styles.option ?? ""}>
      <span className={styles.dot} />
      <span className={styles.optionWords}>
        <span className={styles.optionLabel}>{label}</span>
        <span className={styles.optionNote}>{note}</span>
      </span>
      <Icon size={18} strokeWidth={1.75} className={styles.optionIcon} aria-hidden />
    </Radio>
  );
}
