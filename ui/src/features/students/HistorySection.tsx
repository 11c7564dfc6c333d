import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type AuditEntry, call, commands, type StudentPanel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { AuditEntries } from "~/records/page/AuditPanel.tsx";
import { useMay } from "~/session/session.ts";
import { Section } from "./Section.tsx";

/** Changes shown in the panel; the whole log is on the page. */
const SHOWN = 4;

/** What somebody began with stands in the panel already, or in the changes since. */
const short = (entry: AuditEntry): AuditEntry => (entry.created ? { ...entry, fields: [] } : entry);

/** The latest changes (M40); all of them are in the audit log. */
export function HistorySection({ panel }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayLook = useMay()("view_audit_log");
  const { id, changes } = panel;
  const log = useQuery({
    queryKey: ["history", "audit", "student", id],
    queryFn: () => call(commands.auditLog("student", id)),
    enabled: mayLook,
  });
  if (!mayLook) return null;
  return (
    <Section title={t("students.section.history")}>
      {log.error ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.isPending && <Skeleton lines={3} />}
      {log.data && <AuditEntries entries={log.data.slice(0, SHOWN).map(short)} kind="student" />}
      {log.data && log.data.length > SHOWN && (
        <p>
          <Button
            variant="quiet"
            size="small"
            onPress={() => void navigate({ to: "/students/$id", params: { id }, search: { audit: true } })}
          >
            {t("students.history.all", { count: changes })}
          </Button>
        </p>
      )}
    </Section>
  );
}
