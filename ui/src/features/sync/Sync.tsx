import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { useMay } from "~/session/session.ts";
import { ConflictsSection } from "./ConflictsSection.tsx";
import { ConnectSection } from "./ConnectSection.tsx";
import { syncStatusQuery } from "./queries.ts";
import { RefusedSection } from "./RefusedSection.tsx";
import { StatusSection } from "./StatusSection.tsx";

/** Site Management › Sync: whether this computer is in step with the others, conflicts, and what the hub refused. */
export function Sync() {
  const { t } = useTranslation();
  const may = useMay();
  const status = useQuery(syncStatusQuery);
  if (status.error) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  return (
    <Scrollable label={t("sync.title")} className={frame.scroll}>
      <div className={sections.column}>
        <p className={sections.lead}>{t("sync.lead")}</p>
        {status.data ? (
          <>
            <StatusSection status={status.data} />
            {status.data.hub === null && may("manage_settings") && <ConnectSection />}
            {status.data.hub !== null && <ConflictsSection />}
            {status.data.hub !== null && may("view_audit_log") && <RefusedSection />}
          </>
        ) : (
          <Skeleton lines={6} />
        )}
      </div>
    </Scrollable>
  );
}
