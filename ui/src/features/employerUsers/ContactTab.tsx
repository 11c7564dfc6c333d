import type { EmployerUserDetail } from "~/ipc";
import { ContactCard } from "../profile/ContactCard.tsx";
import { RecordLink } from "../record/pages.tsx";
import type { TabProps } from "../record/RecordPage.tsx";

/** The linked contact (M45): what the directory says about the same person. */
export default function ContactTab({ record: { contact } }: TabProps<EmployerUserDetail>) {
  return (
    contact && (
      <>
        <p>
          <RecordLink kind="contact" id={contact.id} name={contact.name} />
        </p>
        <ContactCard id={contact.id} name={contact.name} />
      </>
    )
  );
}
