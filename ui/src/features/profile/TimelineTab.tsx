import type { ContactProfile } from "~/ipc";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { Timeline } from "./Timeline.tsx";

/** Everything that happened with a contact. */
export default function TimelineTab({ record }: TabProps<ContactProfile>) {
  return <Timeline contact={record.id} />;
}
