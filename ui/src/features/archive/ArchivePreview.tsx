import type { Rehearsed } from "~/ipc";
import { ChangePreview } from "~/records/fields/ChangePreview.tsx";
import styles from "./Archive.module.css";

/** Every record and field that a change of one contact would touch. */
export function ArchivePreview({ said, stays }: { said: Rehearsed; stays: string[] }) {
  return (
    <div className={styles.will}>
      <ChangePreview
        changes={said.changes.map(({ kind, record, name, created, fields }) => ({
          kind,
          id: record,
          name,
          created,
          fields,
        }))}
        total={said.total}
        stays={stays}
      />
    </div>
  );
}
