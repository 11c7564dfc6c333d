import { Check, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Reason } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Duplicates.module.css";
import { reasonText, weighed } from "./reasons.ts";

/** What speaks for one person and what against it, one line each. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  const { t } = useTranslation();
  const { pro, contra } = weighed({ reasons });
  return (
    <ul className={`${stack.smallBy2} ${styles.reasons}`} aria-label={t("duplicates.reasons")}>
      {pro.map((reason) => (
        <li key={reason.column}>
          <Check size={16} strokeWidth={2} className={styles.pro} aria-hidden />
          <span>
            <Breakable>{reasonText(t, reason)}</Breakable>
          </span>
        </li>
      ))}
      {contra.map((reason) => (
        <li key={reason.column} className={styles.contraLine}>
          <X size={16} strokeWidth={2} className={styles.contra} aria-hidden />
          <span>
            <Breakable>{reasonText(t, reason)}</Breakable>
          </span>
        </li>
      ))}
    </ul>
  );
}
