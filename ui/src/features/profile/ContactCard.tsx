import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile, Id } from "~/ipc";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { FieldGroups } from "~/records/fields/FieldGroups.tsx";
import { useContact } from "~/records/profiles.ts";
import { useFields } from "~/session/session.ts";
import { AccountSection } from "./AccountSection.tsx";
import { ContactHeader, ProfileChips } from "./ContactHeader.tsx";
import { FrozenNote } from "./FrozenNote.tsx";
import styles from "./Profile.module.css";
import { SourceLine } from "./SourceLine.tsx";

/** Fields that header, chips and source line say already. */
const SAID = [
  "first_name",
  "last_name",
  "title",
  "employer",
  "approval",
  "visibility",
  "access",
  "source",
  "added_by",
  "created_at",
  "pronouns",
];

type Props = {
  id: Id;
  name: string;
  /** On the page of the same person: in place of the header, a way to the contact, with the three facts. */
  headless?: ReactNode;
  /** Between the header and the fields. */
  children?: (profile: ContactProfile) => ReactNode;
};

/** A contact beside a list: what one needs to know, to read. */
export function ContactCard({ id, name, headless, children }: Props) {
  const { t } = useTranslation();
  const contact = useContact(id);
  const fields = useFields("contact");
  if (contact.error) return <ErrorState error={contact.error} onRetry={() => void contact.refetch()} />;
  const profile = contact.data;
  if (!profile) {
    return (
      <div>
        <p className={styles.name}>{name}</p>
        <Skeleton lines={6} />
      </div>
    );
  }
  return (
    <article className={stack.by16} aria-label={t("profile.card", { name: profile.name })}>
      {headless ? (
        <div className={row.wrapCenter}>
          {headless}
          <ProfileChips profile={profile} />
        </div>
      ) : (
        <ContactHeader profile={profile} level="card" />
      )}
      <SourceLine profile={profile} />
      {profile.frozen && <FrozenNote />}
      {children?.(profile)}
      <FieldGroups kind="contact" fields={fields} values={profile.values} omit={SAID} heading="h3" />
      {profile.user && !headless && <AccountSection user={profile.user} heading="h3" />}
    </article>
  );
}
