import { Ellipsis } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import styles from "./List.module.css";

/**
 * The icons at the end of a list's bar. Where there is no room for them they are behind three dots: not in sight, but
 * there, so that their keys work and what they opened stays open.
 */
export function ListTools({ isFolded, children }: { isFolded: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const whole = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isPanel = isFolded && isOpen;
  useEffect(() => {
    if (!isPanel) return;
    // What the tools open, menus and dialogs, is drawn outside the page and is no reason to go.
    const elsewhere = (event: Event) => {
      const target = event.target as Element;
      if (!whole.current?.contains(target) && target.closest("main")) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere, true);
    document.addEventListener("focusin", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere, true);
      document.removeEventListener("focusin", elsewhere);
    };
  }, [isPanel]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc closes what the button in it opened.
    <span
      ref={whole}
      className={styles.fold}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isPanel) return;
        event.stopPropagation();
        setOpen(false);
        whole.current?.querySelector("button")?.focus();
      }}
    >
      {isFolded && (
        <IconButton
          label={t("record.list.tools")}
          icon={Ellipsis}
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
        />
      )}
      <span className={styles.tools} data-panel={isFolded || undefined} hidden={isFolded && !isOpen}>
        {children}
      </span>
    </span>
  );
}
