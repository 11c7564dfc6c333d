import { useTranslation } from "react-i18next";
import type { Rehearsed } from "~/ipc";
import { Sentences } from "~/kit/components/Dialog.tsx";
import { ChangePreview } from "~/records/fields/ChangePreview.tsx";
import styles from "./Archive.module.css";

/** What a change of one contact means, in sentences. */
export function Outcome({ said }: { said: string[] }) {
  return (
    <div className={styles.outcome}>
      <Sentences said={said} />
    </div>
  );
}

/** Every record and field that a change of one contact would touch, for those who want to see it. */
export function ArchivePreview({ said }: { said: Rehearsed }) {
  const { t } = useTranslation();
  if (said.total === 0) return null;
  return (
    <details className={styles.details}>
      <summary>{t("archive.after.details", { count: said.total })}</summary>
      <ChangePreview
        changes={said.changes.map(({ kind, record, name, created, fields }) => ({
          kind,
          id: record,
          name,
          created,
          fields,
        }))}
        total={said.total}
      />
    </details>
  );
}
