import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { EmployerUserDetail } from "~/ipc";
import { Switch } from "~/kit/components/Switch.tsx";
import { When } from "~/kit/components/When.tsx";
import { ClaimedMark } from "~/records/fields/ClaimedMark.tsx";
import { FieldLine } from "~/records/fields/FieldGroups.tsx";
import record from "~/records/fields/Record.module.css";
import { RecordLink } from "~/records/pages.tsx";
import { useMay } from "~/session/session.ts";
import { InvitationStatus } from "../invitations/InvitationStatus.tsx";
import styles from "./EmployerUser.module.css";
import { nameOf, useChangeUsers } from "./useChangeUsers.ts";

type Props = { user: EmployerUserDetail; heading?: "h2" | "h3" };

/** Why there is no name here, and what can be done nevertheless (M49). */
export function PrivateNote() {
  const { t } = useTranslation();
  const canDecide = useMay()("manage_access");
  return (
    <div className={styles.private} role="note">
      <Lock size={16} strokeWidth={1.75} aria-hidden />
      <p>
        <strong>{t("employerUsers.private.title")}</strong> {t("employerUsers.private.why")}{" "}
        {t(canDecide ? "employerUsers.private.still" : "employerUsers.private.stillNot")}
      </p>
    </div>
  );
}

/** "User Can Access Your Site" (M14), and what the person reads without it (M28). */
export function AccessPart({ user, heading: Heading = "h2" }: Props) {
  const { t } = useTranslation();
  const canChange = useMay()("manage_access");
  const change = useChangeUsers();
  const users = { selection: { by: "ids" as const, ids: [user.id] }, name: nameOf(user) };
  return (
    <section>
      <Heading className={styles.heading}>{t("employerUsers.access.title")}</Heading>
      <Switch isSelected={user.access} isDisabled={!canChange} onChange={(on) => void change.access(users, on)}>
        {t("employerUsers.access.label")}
      </Switch>
      <p className={styles.state}>
        {user.access
          ? t(user.activated ? "employerUsers.access.on" : "employerUsers.access.onOnceActivated")
          : t("employerUsers.access.off")}{" "}
        {user.access && t("employerUsers.access.offWould")}
      </p>
      <blockquote className={styles.reads}>{user.without_access}</blockquote>
      <p className={styles.quiet}>{t("employerUsers.access.contactStays")}</p>
    </section>
  );
}

/** Whether whoever has a login made by hand was invited to choose a password; nothing once they did. */
export function InvitationPart({ user, heading: Heading = "h2" }: Props) {
  const { t } = useTranslation();
  if (user.activated || !user.contact) return null;
  return (
    <section>
      <Heading className={styles.heading}>{t("employerUsers.invitation")}</Heading>
      <InvitationStatus kind="contact" id={user.contact.id} name={user.name} />
    </section>
  );
}

/** What is known of the account. */
export function AccountFacts({ user, heading: Heading = "h2" }: Props) {
  const { t } = useTranslation();
  const { contact, employer } = user;
  return (
    <section>
      <Heading className={styles.heading}>{t("employerUsers.account.title")}</Heading>
      <dl className={record.list}>
        {!user.private && (
          <>
            <FieldLine label={t("employerUsers.account.name")}>{user.name}</FieldLine>
            <FieldLine label={t("employerUsers.account.email")}>{user.email}</FieldLine>
            {user.title && <FieldLine label={t("employerUsers.account.jobTitle")}>{user.title}</FieldLine>}
            {user.work_phone && <FieldLine label={t("employerUsers.account.phone")}>{user.work_phone}</FieldLine>}
            {contact && (
              <FieldLine label={t("employerUsers.account.contact")}>
                <RecordLink kind="contact" id={contact.id} name={contact.name} />
              </FieldLine>
            )}
          </>
        )}
        {employer && (
          <FieldLine label={t("employerUsers.account.employer")}>
            <RecordLink kind="employer" id={employer.id} name={employer.name} /> <ClaimedMark employer={employer.id} />
          </FieldLine>
        )}
        <FieldLine label={t("employerUsers.account.lastLogIn")}>
          {user.last_log_in === null ? t("common.time.never") : <When at={user.last_log_in} />}
        </FieldLine>
        {!user.activated && (
          <FieldLine label={t("employerUsers.account.activation")}>{t("employerUsers.account.notActivated")}</FieldLine>
        )}
        <FieldLine label={t("employerUsers.account.added")}>
          {user.created_at === null ? t("employerUsers.account.unknown") : <When at={user.created_at} />}
        </FieldLine>
      </dl>
    </section>
  );
}
