import { useParams } from "@tanstack/react-router";
import { lazy } from "react";
import { useTranslation } from "react-i18next";
import type { EmployerUserDetail } from "~/ipc";
import { ErrorState } from "~/kit/components/States.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { usePageTitle } from "~/kit/pages/title.ts";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { type PageTab, PageWaiting, RecordPage } from "~/records/page/RecordPage.tsx";
import { useAuditAction } from "~/records/page/useAuditAction.ts";
import { EMPLOYER_USER_EMAILS_TAB } from "../activities/tabs.ts";
import { useEmployerUserMail } from "../mail/actions.tsx";
import { useEmployerUserActions } from "./actions.tsx";
import { EmployerUserHeader } from "./EmployerUserHeader.tsx";
import { EmployerUserOverview } from "./EmployerUserOverview.tsx";
import { useEmployerUser } from "./queries.ts";

const ContactTab = lazy(() => import("./ContactTab.tsx"));
const HistoryTab = lazy(() => import("./HistoryTab.tsx"));

const TABS: readonly PageTab<EmployerUserDetail>[] = [
  { id: "overview", label: () => i18next.t("employerUsers.tab.overview"), component: EmployerUserOverview },
  {
    id: "contact",
    label: () => i18next.t("employerUsers.tab.contact"),
    component: ContactTab,
    hidden: ({ contact }) => contact === null,
  },
  EMPLOYER_USER_EMAILS_TAB,
  {
    id: "history",
    label: () => i18next.t("employerUsers.tab.history"),
    count: ({ changes }) => changes,
    component: HistoryTab,
    permission: "view_audit_log",
  },
];

const ACTIONS: readonly ActionSet<EmployerUserDetail>[] = [useEmployerUserMail, useEmployerUserActions, useAuditAction];

/** Somebody at an employer who has an account. */
export function EmployerUserPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/settings/employer-users/$id" });
  const { data: user, error, refetch } = useEmployerUser(id);
  usePageTitle(user?.name);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!user) return <PageWaiting />;
  return (
    <RecordPage
      key={id}
      kind="employer_user"
      record={user}
      tabs={TABS}
      actions={ACTIONS}
      header={(actions) => <EmployerUserHeader user={user} level="page" actions={actions} />}
      keyGroup={t("employerUsers.page")}
    />
  );
}
