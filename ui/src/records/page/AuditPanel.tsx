import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, call, commands, type Id, type RecordKind } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { byDay, dayLabel } from "~/kit/i18n/days.ts";
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
      {log.data && log.data.length > 0 && <AuditEntries entries={log.data} kind={kind} id={id} />}
    </>
  );
}

/** Changes of a record, the latest first, day by day; what was done in one step stands together. */
export function AuditEntries({ entries, kind, id }: { entries: AuditEntry[]; kind: RecordKind; id?: Id }) {
  const now = Date.now();
  return (
    <div>
      {byDay(steps(entries)).map(({ day, rows }) => (
        <section key={day} aria-label={dayLabel(day, now)}>
          <h3 className={styles.day}>{dayLabel(day, now)}</h3>
          <ol>
            {rows.map(({ first, entries: parts }) => (
              <Step key={first.operation} first={first} entries={parts} kind={kind} id={id} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

type OneStep = { at: number; first: AuditEntry; entries: AuditEntry[] };

/** Entries of one operation follow each other. */
function steps(entries: AuditEntry[]): OneStep[] {
  const found: OneStep[] = [];
  for (const entry of entries) {
    const last = found.at(-1);
    if (last?.first.operation === entry.operation) last.entries.push(entry);
    else found.push({ at: entry.at, first: entry, entries: [entry] });
  }
  return found;
}

type StepProps = { first: AuditEntry; entries: AuditEntry[]; kind: RecordKind; id: Id | undefined };

function Step({ first, entries, kind, id }: StepProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.entry} data-undone={first.undone || undefined}>
      <div className={row.center}>
        <span className={styles.kind}>{operationLabel(first.kind ?? "newer")}</span>
        {first.undone && <Chip tone="faint">{t("audit.undone")}</Chip>}
      </div>
      <p className={styles.by}>
        {t("audit.by", { actor: first.actor, device: first.device })} · <When at={first.at} />
      </p>
      {entries.map((entry) => (
        <Change key={entry.about?.id ?? "itself"} entry={entry} kind={kind} id={id} />
      ))}
    </li>
  );
}

/** What a step changed in one record: in the one whose log it is, or in another that is about it. */
function Change({ entry, kind, id }: { entry: AuditEntry; kind: RecordKind; id: Id | undefined }) {
  const { t } = useTranslation();
  // Of a new record it goes without saying when it was added, and whom it is about.
  const fields = entry.created
    ? entry.fields.filter(({ field, after }) => field !== "created_at" && (id === undefined || after.value !== id))
    : entry.fields;
  return (
    <div className={styles.change}>
      {entry.about && (
        <p className={styles.about}>
          {t(`history.recordKind.${entry.about.kind}`)}
          {entry.about.name && `: ${entry.about.name}`}
        </p>
      )}
      {entry.erased && <p className={styles.by}>{t("audit.erased")}</p>}
      {entry.newer && <p className={styles.by}>{t("audit.newer")}</p>}
      {!entry.erased && fields.length > 0 && (
        <FieldChanges kind={entry.about?.kind ?? kind} changes={fields} created={entry.created} />
      )}
    </div>
  );
}
