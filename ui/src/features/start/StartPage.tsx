import { Handshake } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import row from "~/kit/layout/Row.module.css";
import styles from "./Start.module.css";

type Props = { title: string; lead?: ReactNode; children: ReactNode; aside?: ReactNode };

/** The page before the desk is open: one calm column, and beside it a picture where there is room. */
export function StartPage({ title, lead, children, aside }: Props) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t("common.product")}`;
    // The page before took the focus away with it.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [title, t]);
  return (
    <div className={styles.page} data-alone={aside === undefined || undefined}>
      <main className={styles.main}>
        <div className={styles.column}>
          <p className={row.heading}>
            <span className={styles.mark} aria-hidden>
              <Handshake size={18} strokeWidth={2} />
            </span>
            {t("common.product")}
          </p>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
          {children}
        </div>
      </main>
      {aside && <div className={styles.aside}>{aside}</div>}
    </div>
  );
}
