import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { InvitationStatus } from "./InvitationStatus.tsx";
import styles from "./Invitations.module.css";
import { useInvitationStatus } from "./queries.ts";

/** The invitation of a contact whose login isn’t there or isn’t activated yet; without a login nothing where there was none. */
export function ContactInvitation({ profile: { id, name, user } }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const standing = useInvitationStatus("contact", id, !user?.activated);
  if (user?.activated || !standing.data || (user === null && standing.data.total === 0)) return null;
  return (
    <section className={styles.contact}>
      <h2 className={styles.contactTitle}>
        {t(user ? "invitations.contact.titleOfLogin" : "invitations.contact.title")}
      </h2>
      <p className={styles.quiet}>{t(user ? "invitations.contact.noteOfLogin" : "invitations.contact.note")}</p>
      <InvitationStatus kind="contact" id={id} name={name} />
    </section>
  );
}
