import { Maximize2, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import frame from "~/kit/layout/Frame.module.css";
import styles from "./List.module.css";

type Props = { name: string; onOpen: () => void; onClose?: (() => void) | undefined; children: ReactNode };

/** The record beside its list. */
export function PeekPane({ name, onOpen, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <aside className={`${frame.side} ${styles.pane}`} aria-label={t("record.peek.label", { name })}>
      <div className={styles.paneBar}>
        <IconButton label={t("record.peek.open")} icon={Maximize2} size="small" hotkey="Enter" onPress={onOpen} />
        {onClose && <IconButton label={t("common.close")} icon={X} size="small" hotkey="Escape" onPress={onClose} />}
      </div>
      <Scrollable className={styles.paneBody} label={name}>
        {children}
      </Scrollable>
    </aside>
  );
}
