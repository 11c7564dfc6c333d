import { Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Id, RecordKind } from "~/ipc";
import { When } from "~/kit/components/When.tsx";
import row from "~/kit/layout/Row.module.css";
import { ErasedIn } from "./ErasedIn.tsx";
import { useTrashEntry } from "./queries.ts";
import styles from "./Trash.module.css";

/** Says on the page of a record in the trash who deleted it and until when it can be restored. */
export function TrashBanner({ kind, id }: { kind: RecordKind; id: Id }) {
  const { t } = useTranslation();
  const entry = useTrashEntry(kind, id, true).data;
  const banner = useRef<HTMLDivElement>(null);
  // A delete takes the button away that had the focus; it goes to what the page says now.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) banner.current?.focus();
  }, []);
  return (
    <div ref={banner} className={`${row.banner} ${styles.banner}`} role="status" tabIndex={-1}>
      <Trash2 size={16} strokeWidth={1.75} aria-hidden />
      <div>
        {entry && (
          <p>
            <Trans
              i18nKey={entry.by === "" ? "trash.banner.untilSomebody" : "trash.banner.until"}
              values={{ by: entry.by }}
              components={{ when: <When at={entry.deleted_at} />, until: <ErasedIn at={entry.erased_at} /> }}
            />
          </p>
        )}
        <p className={styles.quiet}>{t("trash.banner.off")}</p>
      </div>
    </div>
  );
}
