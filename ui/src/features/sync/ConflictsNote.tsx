import { useQuery } from "@tanstack/react-query";
import { GitFork } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Id, RecordKind } from "~/ipc";
import { fieldLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { ConflictItem } from "./ConflictItem.tsx";
import { conflictsOfQuery } from "./queries.ts";
import styles from "./Sync.module.css";
import { choiceOf, conflictKey, useSettle } from "./settling.ts";

/** On a record’s page: its fields that two people changed without seeing each other’s change, and the choice between. */
export function ConflictsNote({ kind, id }: { kind: RecordKind; id: Id }) {
  const { t } = useTranslation();
  const conflicts = useQuery(conflictsOfQuery(kind, id)).data ?? [];
  const { settle, running } = useSettle();
  if (conflicts.length === 0) return null;
  return (
    <div className={`${row.banner} ${styles.note}`} role="status">
      <GitFork size={16} strokeWidth={1.75} aria-hidden />
      <div className={stack.by12}>
        <p>{t("sync.conflicts.note", { count: conflicts.length })}</p>
        {conflicts.map((conflict) => (
          <div key={conflictKey(conflict)} className={stack.by4}>
            <strong>{fieldLabel(kind, conflict.field)}</strong>
            <ConflictItem
              conflict={conflict}
              isDisabled={running}
              onChoose={(operation) => void settle([choiceOf(conflict, operation)], conflict)}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
