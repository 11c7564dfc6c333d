import type { EmployerUserDetail } from "~/ipc";
import { AuditLog } from "../audit/AuditPanel.tsx";
import type { TabProps } from "../record/RecordPage.tsx";

/** What happened to the account. */
export default function HistoryTab({ record }: TabProps<EmployerUserDetail>) {
  return <AuditLog kind="employer_user" id={record.id} />;
}
