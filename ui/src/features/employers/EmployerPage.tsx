import { Navigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ErrorState } from "~/kit/components/States.tsx";
import { usePageTitle } from "~/kit/pages/title.ts";
import { PageWaiting, RecordPage } from "~/records/page/RecordPage.tsx";
import { useEmployer } from "~/records/profiles.ts";
import { TrashBanner } from "../trash/TrashBanner.tsx";
import { EMPLOYER_ACTIONS, TRASHED_EMPLOYER_ACTIONS } from "./actions.tsx";
import { EmployerHeader } from "./EmployerHeader.tsx";
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
  const { deleted } = profile;
  // An old link to an employer that was merged leads on to the one it is now.
  if (profile.id !== id) return <Navigate to="/employers/$id" params={{ id: profile.id }} search={{}} replace />;
  return (
    <RecordPage
      // In the trash it is another page, with other actions.
      key={deleted ? `${id} in the trash` : id}
      kind="employer"
      record={profile}
      tabs={EMPLOYER_TABS}
      actions={deleted ? TRASHED_EMPLOYER_ACTIONS : EMPLOYER_ACTIONS}
      header={(actions) => (
        <>
          <EmployerHeader profile={profile} actions={actions} />
          {deleted && <TrashBanner kind="employer" id={id} />}
        </>
      )}
      keyGroup={t("employers.page")}
    />
  );
}
