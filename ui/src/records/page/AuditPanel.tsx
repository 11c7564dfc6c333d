import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, call, commands, type Id, type RecordKind } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { operationLabel } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import row from "~/kit/layout/Row.module.css";
import { FieldChanges } from "../fields/FieldChanges.tsx";
import styles from "./Audit.module.css";

type Props = { kind: RecordKind; id: Id; name: string; onClose: () => void };

function useLog(kind: RecordKind, id: Id) {
  return useQuery({ queryKey: ["history", "audit", kind, id], queryFn: () => call(commands.auditLog(kind, id)) });
}

/** Every change since the record was created: who, when, on which device, which field, from what to what (M21). */
export function AuditPanel({ kind, id, name, onClose }: Props) {
  const { t } = useTranslation();
  const { data } = useLog(kind, id);
  return (
    <aside className={`${frame.side} ${styles.panel}`} aria-label={t("audit.label", { name })}>
      <header className={frame.barTall}>
        <h2 className={styles.title}>{t("audit.title")}</h2>
        {data && <span className={styles.count}>{t("audit.count", { count: data.length })}</span>}
        <IconButton label={t("common.close")} icon={X} size="small" hotkey="Escape" onPress={onClose} />
      </header>
      <Scrollable className={styles.body} label={t("audit.title")}>
        <AuditLog kind={kind} id={id} />
      </Scrollable>
    </aside>
  );
}

/** The audit log of a record, the latest first. */
export function AuditLog({ kind, id }: { kind: RecordKind; id: Id }) {
  const { t } = useTranslation();
  const log = useLog(kind, id);
  return (
    <>
      {log.error ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.isPending && <Skeleton lines={6} />}
      {log.data?.length === 0 && <EmptyState>{t("audit.none")}</EmptyState>}
      {log.data && <AuditEntries entries={log.data} kind={kind} />}
    </>
  );
}

/** Changes of a record, the latest first. */
export function AuditEntries({ entries, kind }: { entries: AuditEntry[]; kind: RecordKind }) {
  return (
    <ol>
      {entries.map((entry) => (
        <Entry key={entry.operation} entry={entry} kind={kind} />
      ))}
    </ol>
  );
}

function Entry({ entry, kind }: { entry: AuditEntry; kind: RecordKind }) {
  const { t } = useTranslation();
  return (
    <li className={styles.entry} data-undone={entry.undone || undefined}>
      <div className={row.center}>
        <span className={styles.kind}>{operationLabel(entry.kind ?? "newer")}</span>
        {entry.undone && <Chip tone="faint">{t("audit.undone")}</Chip>}
      </div>
      <p className={styles.by}>
        {t("audit.by", { actor: entry.actor, device: entry.device })} · <When at={entry.at} />
      </p>
      {entry.erased && <p className={styles.by}>{t("audit.erased")}</p>}
      {entry.newer && <p className={styles.by}>{t("audit.newer")}</p>}
      {!entry.erased && entry.fields.length > 0 && (
        <FieldChanges kind={kind} changes={entry.fields} created={entry.created} />
      )}
    </li>
  );
}
