import type { EmployerUserDetail } from "~/ipc";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { RecordLink } from "~/records/pages.tsx";
import { ContactCard } from "../profile/ContactCard.tsx";

/** The linked contact (M45): what the directory says about the same person, and the page's header does not. */
export default function ContactTab({ record: { contact } }: TabProps<EmployerUserDetail>) {
  return (
    contact && (
      <ContactCard
        id={contact.id}
        name={contact.name}
        headless={<RecordLink kind="contact" id={contact.id} name={contact.name} />}
      />
    )
  );
}
