import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Columns } from "~/kit/components/Columns.tsx";
import { ErrorState } from "~/kit/components/States.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { usePageTitle } from "~/kit/pages/title.ts";
import { type PageTab, PageWaiting, RecordPage, type TabProps } from "~/records/page/RecordPage.tsx";
import { STUDENT_TABS } from "../activities/tabs.ts";
import { TrashBanner } from "../trash/TrashBanner.tsx";
import { AboutSection } from "./AboutSection.tsx";
import { AnswersSection } from "./AnswersSection.tsx";
import { AssignmentSection } from "./AssignmentSection.tsx";
import { PAGE_ACTIONS, TRASHED_ACTIONS } from "./actions.tsx";
import { InvitationSection } from "./InvitationSection.tsx";
import { useStudent } from "./queries.ts";
import { StudentHeader } from "./StudentHeader.tsx";

/** Everything about a user; changing it is in the header's menu. */
function Overview({ record }: TabProps<StudentPanel>) {
  return (
    <Columns
      parts={[
        { key: "invitation", lines: 6, content: <InvitationSection panel={record} /> },
        { key: "assignment", lines: 4, content: <AssignmentSection panel={record} assign={undefined} /> },
        { key: "answers", lines: 4, content: <AnswersSection panel={record} /> },
        { key: "about", lines: 6, content: <AboutSection panel={record} /> },
      ]}
    />
  );
}

const OVERVIEW: PageTab<StudentPanel> = {
  id: "overview",
  label: () => i18next.t("students.tab.overview"),
  component: Overview,
};
const TABS: readonly PageTab<StudentPanel>[] = [OVERVIEW, ...STUDENT_TABS];
/** What belongs to somebody in the trash is in the trash as well. */
const TRASHED_TABS: readonly PageTab<StudentPanel>[] = [OVERVIEW];

/** The page of a student or alum. */
export function StudentPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/students/$id" });
  const student = useStudent(id);
  usePageTitle(student.data?.name);
  if (student.error) return <ErrorState error={student.error} onRetry={() => void student.refetch()} />;
  const panel = student.data;
  if (!panel) return <PageWaiting />;
  const { deleted } = panel;
  return (
    <RecordPage
      // In the trash it is another page, with other actions.
      key={deleted ? `${id} in the trash` : id}
      kind="student"
      record={panel}
      tabs={deleted ? TRASHED_TABS : TABS}
      actions={deleted ? TRASHED_ACTIONS : PAGE_ACTIONS}
      header={(actions) => (
        <>
          <StudentHeader panel={panel} level="page" actions={actions} />
          {deleted && <TrashBanner kind="student" id={id} />}
        </>
      )}
      keyGroup={t("students.page")}
    />
  );
}
