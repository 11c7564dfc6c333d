import type { EmployerUserDetail } from "~/ipc";
import { AuditLog } from "~/records/page/AuditPanel.tsx";
import type { TabProps } from "~/records/page/RecordPage.tsx";

/** What happened to the account. */
export default function HistoryTab({ record }: TabProps<EmployerUserDetail>) {
  return <AuditLog kind="employer_user" id={record.id} />;
}
