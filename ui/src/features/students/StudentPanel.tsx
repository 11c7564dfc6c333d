import { useTranslation } from "react-i18next";
import type { Id, StudentPanel as Panel } from "~/ipc";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { ActionButtons, useActions } from "~/records/actions/actions.tsx";
import { RowMenuButton } from "~/records/list/useRowMenu.tsx";
import { AboutSection } from "./AboutSection.tsx";
import { AnswersSection } from "./AnswersSection.tsx";
import { AssignmentSection } from "./AssignmentSection.tsx";
import { PANEL_ACTIONS } from "./actions.tsx";
import { HistorySection } from "./HistorySection.tsx";
import { InvitationSection } from "./InvitationSection.tsx";
import { useStudent } from "./queries.ts";
import { StudentHeader } from "./StudentHeader.tsx";
import styles from "./Students.module.css";

/** A user beside the list (M40): invitation, answers, assignment, history. */
export function StudentPanel({ id, name }: { id: Id; name: string }) {
  const student = useStudent(id);
  if (student.error) return <ErrorState error={student.error} onRetry={() => void student.refetch()} />;
  if (!student.data) {
    return (
      <div>
        <p className={styles.name}>{name}</p>
        <Skeleton lines={6} />
      </div>
    );
  }
  return <Loaded key={id} panel={student.data} />;
}

function Loaded({ panel }: { panel: Panel }) {
  const { t } = useTranslation();
  // The keys belong to the list while its rows have the focus.
  const { actions, dialogs } = useActions(PANEL_ACTIONS, panel, "", false);
  return (
    <article className={stack.by16} aria-label={t("students.panel", { name: panel.name })}>
      <StudentHeader panel={panel} level="card" />
      {actions.length > 0 && (
        <div className={styles.acts}>
          <ActionButtons actions={actions.filter(({ id }) => id !== "assign")} size="small" />
          <RowMenuButton label={t("record.list.rowMenu", { name: panel.name })} actions={actions} />
        </div>
      )}
      <InvitationSection panel={panel} />
      <AssignmentSection panel={panel} assign={actions.find(({ id }) => id === "assign")} />
      <AnswersSection panel={panel} />
      <AboutSection panel={panel} />
      <HistorySection panel={panel} />
      {dialogs}
    </article>
  );
}
