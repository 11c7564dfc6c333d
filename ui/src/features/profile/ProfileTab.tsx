import type { ContactProfile } from "~/ipc";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { EmploymentHistory } from "../archive/EmploymentHistory.tsx";
import { ContactInvitation } from "../invitations/ContactInvitation.tsx";
import { AccountSection } from "./AccountSection.tsx";
import { ContactDetails } from "./ContactDetails.tsx";
import { FrozenNote } from "./FrozenNote.tsx";
import { SourceLine } from "./SourceLine.tsx";

/** A contact as a card one can read, and apart from it the login behind it. */
export function ProfileTab({ record }: TabProps<ContactProfile>) {
  return (
    <>
      {record.frozen && <FrozenNote />}
      <SourceLine profile={record} />
      <ContactDetails record={record} />
      <EmploymentHistory contact={record.id} />
      {record.user && <AccountSection user={record.user} />}
      <ContactInvitation profile={record} />
    </>
  );
}
