import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { InvitationStatus } from "./InvitationStatus.tsx";
import styles from "./Invitations.module.css";
import { useInvitationStatus } from "./queries.ts";

/** The invitation of a contact that has no account yet; nothing where there was none. */
export function ContactInvitation({ profile: { id, name, user } }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const standing = useInvitationStatus("contact", id, user === null);
  if (user !== null || !standing.data || standing.data.total === 0) return null;
  return (
    <section className={styles.contact}>
      <h2 className={styles.contactTitle}>{t("invitations.contact.title")}</h2>
      <p className={styles.quiet}>{t("invitations.contact.note")}</p>
      <InvitationStatus kind="contact" id={id} name={name} />
    </section>
  );
}
