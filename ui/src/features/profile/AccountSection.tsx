import { Link } from "@tanstack/react-router";
import { UserRoundCog } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { LinkedUser } from "~/ipc";
import { When } from "~/kit/components/When.tsx";
import { FieldLine } from "~/records/fields/FieldGroups.tsx";
import record from "~/records/fields/Record.module.css";
import styles from "./Profile.module.css";

/** The login behind a contact: visibly another thing than the contact itself (M22). */
export function AccountSection({ user, heading: Heading = "h2" }: { user: LinkedUser; heading?: "h2" | "h3" }) {
  const { t } = useTranslation();
  return (
    <section className={styles.account}>
      <Heading className={styles.accountTitle}>
        <UserRoundCog size={16} strokeWidth={1.75} aria-hidden /> {t("profile.account.title")}
      </Heading>
      <p className={styles.accountNote}>{t("profile.account.note")}</p>
      <dl className={record.list}>
        <FieldLine label={t("profile.account.name")}>{user.name}</FieldLine>
        <FieldLine label={t("profile.account.email")}>{user.email}</FieldLine>
        {user.employer && <FieldLine label={t("profile.account.employer")}>{user.employer}</FieldLine>}
        <FieldLine label={t("profile.account.role")}>{user.role}</FieldLine>
        <FieldLine label={t("profile.account.access")}>
          {t(!user.access ? "common.no" : user.activated ? "common.yes" : "profile.account.onceActivated")}
        </FieldLine>
        <FieldLine label={t("profile.account.lastLogIn")}>
          {user.last_log_in === null ? t("common.time.never") : <When at={user.last_log_in} />}
        </FieldLine>
      </dl>
      <p className={styles.accountLink}>
        <Link to="/settings/employer-users/$id" params={{ id: user.id }} search={{}}>
          {t("employerUsers.openUser")}
        </Link>
      </p>
    </section>
  );
}
