import type { ContactProfile } from "~/ipc";
import { FieldGroups } from "../record/FieldGroups.tsx";
import type { TabProps } from "../record/RecordPage.tsx";
import { useFields } from "../shell/session.ts";
import { AccountSection } from "./AccountSection.tsx";
import { FrozenNote } from "./FrozenNote.tsx";
import { SourceLine } from "./SourceLine.tsx";

/** What header, chips and source line say already. */
const SAID = ["approval", "access", "source", "added_by"];

/** All fields of a contact, and apart from them the login behind it. */
export function ProfileTab({ record }: TabProps<ContactProfile>) {
  const fields = useFields("contact");
  return (
    <>
      {record.frozen && <FrozenNote />}
      <SourceLine profile={record} />
      <FieldGroups kind="contact" fields={fields} values={record.values} omit={SAID} layout="columns" />
      {record.user && <AccountSection user={record.user} />}
    </>
  );
}
