import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/components/States.tsx";
import { PageWaiting, RecordPage } from "../record/RecordPage.tsx";
import { usePageTitle } from "../shell/title.ts";
import { EMPLOYER_ACTIONS } from "./actions.ts";
import { EmployerHeader } from "./EmployerHeader.tsx";
import { useEmployer } from "./queries.ts";
import { EMPLOYER_TABS } from "./tabs.ts";

/** Everything about one employer. */
export function EmployerPage() {
  const { t } = useTranslation();
  const { id } = useParams({ from: "/employers/$id" });
  const employer = useEmployer(id);
  usePageTitle(employer.data?.name);
  if (employer.error) return <ErrorState error={employer.error} onRetry={() => void employer.refetch()} />;
  const profile = employer.data;
  if (!profile) return <PageWaiting />;
  return (
    <RecordPage
      key={id}
      kind="employer"
      record={profile}
      tabs={EMPLOYER_TABS}
      actions={EMPLOYER_ACTIONS}
      header={(actions) => <EmployerHeader profile={profile} actions={actions} />}
      keyGroup={t("employers.page")}
    />
  );
}
