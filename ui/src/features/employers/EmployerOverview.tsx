import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { EmployerProfile } from "~/ipc";
import { EmptyState } from "~/kit/components/States.tsx";
import { FieldGroups } from "~/records/fields/FieldGroups.tsx";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { useFields } from "~/session/session.ts";
import { ClaimPanel } from "./ClaimPanel.tsx";
import { SuggestedDomains } from "./SuggestedDomains.tsx";
import { claimQuery, useClaim } from "./useClaim.ts";

/** What the header says already. */
const SAID = ["name", "labels", "confirmation"];

/** All fields of an employer. */
export function EmployerOverview({ record }: TabProps<EmployerProfile>) {
  const { t } = useTranslation();
  const fields = useFields("employer");
  const isKnown = fields.some(({ key }) => !SAID.includes(key) && record.values[key] !== undefined);
  const claim = useQuery(claimQuery(record.id));
  const acts = useClaim();
  const following = (
    <>
      <SuggestedDomains profile={record} />
      {record.auto_synced > 0 && <p>{t("archive.sync.employer", { count: record.auto_synced })}</p>}
      {record.auto_sync_frozen > 0 && <p>{t("archive.sync.employerFrozen", { count: record.auto_sync_frozen })}</p>}
    </>
  );
  const claimed = claim.data && <ClaimPanel claim={claim.data} acts={acts} />;
  return isKnown ? (
    <>
      {claimed}
      <FieldGroups kind="employer" fields={fields} values={record.values} omit={SAID} layout="columns" />
      {following}
    </>
  ) : (
    <>
      {claimed}
      <EmptyState>{t("employers.aboutEmpty")}</EmptyState>
      {following}
    </>
  );
}
