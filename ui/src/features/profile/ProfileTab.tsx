import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { useWide } from "~/kit/components/useWide.ts";
import { type TabProps, usePage } from "~/records/page/RecordPage.tsx";
import { EmploymentHistory } from "../archive/EmploymentHistory.tsx";
import { ContactInvitation } from "../invitations/ContactInvitation.tsx";
import { AccountSection } from "./AccountSection.tsx";
import { ContactDetails } from "./ContactDetails.tsx";
import { FrozenNote } from "./FrozenNote.tsx";
import { SourceLine } from "./SourceLine.tsx";
import styles from "./Timeline.module.css";
import { Timeline } from "./Timeline.tsx";

/** From this width of the window on, in pixels. */
const ROOM_FOR_TIMELINE = 1600;

function Facts({ record }: { record: ContactProfile }) {
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

/**
 * A contact as a card one can read, and apart from it the login behind it. A large window has room for what happened
 * with the person beside it.
 */
export function ProfileTab({ record }: TabProps<ContactProfile>) {
  const { t } = useTranslation();
  const { audit } = usePage();
  const hasRoom = useWide(ROOM_FOR_TIMELINE) && !audit && !record.deleted;
  if (!hasRoom) return <Facts record={record} />;
  return (
    <div className={styles.beside}>
      <div className={styles.facts}>
        <Facts record={record} />
      </div>
      <div>
        <h2 className={styles.heading}>{t("profile.tab.timeline")}</h2>
        <Timeline contact={record.id} />
      </div>
    </div>
  );
}
