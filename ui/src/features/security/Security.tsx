import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import frame from "~/kit/layout/Frame.module.css";
import sections from "~/kit/layout/Sections.module.css";
import { securityQuery } from "~/session/lock.ts";
import { useAppState, useMay } from "~/session/session.ts";
import { staffQuery } from "../staff/kind.ts";
import { DataCheck } from "./DataCheck.tsx";
import { DeskUsers } from "./DeskUsers.tsx";
import { Locking } from "./Locking.tsx";
import { Organization } from "./Organization.tsx";
import { OwnPasscode } from "./OwnPasscode.tsx";
import { Recovery } from "./Recovery.tsx";

/** How this computer is kept from whoever passes by, and who used the desk. */
export function Security() {
  const { t } = useTranslation();
  const may = useMay();
  const { policy } = useAppState();
  const security = useQuery(securityQuery);
  const staff = useQuery(staffQuery);
  const error = security.error ?? staff.error;
  if (error) {
    const again = () => void Promise.all([security.refetch(), staff.refetch()]);
    return <ErrorState error={error} onRetry={again} />;
  }
  const me = staff.data?.find((person) => person.me);
  return (
    <Scrollable label={t("security.title")} className={frame.scroll}>
      <div className={sections.column}>
        <p className={sections.lead}>{t("security.lead")}</p>
        {security.data && me ? (
          <>
            <Locking security={security.data} />
            <OwnPasscode me={me} canLock={security.data.can_lock} />
            {may("manage_settings") && <Recovery canLock={security.data.can_lock} />}
            {policy && <Organization policy={policy} />}
            <DataCheck />
            {may("view_audit_log") && <DeskUsers />}
          </>
        ) : (
          <Skeleton lines={8} />
        )}
      </div>
    </Scrollable>
  );
}
