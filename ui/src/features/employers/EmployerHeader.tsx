import { KeyRound, Star, Trash2, UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { EmployerProfile } from "~/ipc";
import { Chip, ClaimedChip } from "~/kit/components/Chips.tsx";
import { When } from "~/kit/components/When.tsx";
import row from "~/kit/layout/Row.module.css";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import styles from "./Employer.module.css";

/** Which employer it is at a glance: how many people, who the primary contact is, how to reach it. */
export function EmployerHeader({ profile, actions }: { profile: EmployerProfile; actions: ReactNode }) {
  const { t } = useTranslation();
  const { values } = profile;
  const labels = Array.isArray(values.labels) ? values.labels : [];
  return (
    <RecordHeader
      name={profile.name}
      line={
        profile.inactive
          ? t("employers.inactive")
          : typeof values.industry === "string" && values.industry !== ""
            ? values.industry
            : null
      }
      facts={
        <ul className={`${row.chips} ${styles.facts}`} aria-label={t("employers.facts.label")}>
          {profile.deleted && (
            <li>
              <Chip icon={Trash2} tone="bad">
                {t("common.chips.inTrash")}
              </Chip>
            </li>
          )}
          {values.confirmation === "claimed" && (
            <li>
              <ClaimedChip />
            </li>
          )}
          <li>
            <Chip icon={UsersRound}>{t("employers.facts.contacts", { count: profile.contacts })}</Chip>
          </li>
          <li>
            <Chip icon={KeyRound} tone={profile.users === 0 ? "faint" : "plain"}>
              {t("employers.facts.users", { count: profile.users })}
            </Chip>
          </li>
          <li>
            <Chip icon={Star} tone={profile.primary_contact ? "plain" : "faint"}>
              {profile.primary_contact
                ? t("employers.facts.primary", { name: profile.primary_contact })
                : t("employers.facts.noPrimary")}
            </Chip>
          </li>
          {profile.last_heard !== null && (
            <li>
              <span className={styles.heard}>
                <Trans i18nKey="profile.lastHeard" components={{ when: <When at={profile.last_heard} /> }} />
              </span>
            </li>
          )}
          {labels.map((label) => (
            <li key={label}>
              <Chip tone="faint">{label}</Chip>
            </li>
          ))}
        </ul>
      }
      reach={{ phone: values.phone, website: values.website }}
      level="page"
      actions={actions}
    />
  );
}
