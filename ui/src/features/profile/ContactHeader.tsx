import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { Chips, ClaimedChip } from "~/kit/components/Chips.tsx";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import styles from "./Profile.module.css";
import { positionOf } from "./position.ts";

type Props = { profile: ContactProfile; level: "page" | "card"; actions?: ReactNode };

/** Who it is at a glance: name, title at employer, the three facts, how to reach them. */
export function ContactHeader({ profile, level, actions }: Props) {
  const { t } = useTranslation();
  const { values } = profile;
  return (
    <RecordHeader
      name={profile.name}
      beside={
        <>
          {typeof values.pronouns === "string" && <span className={styles.pronouns}> {values.pronouns}</span>}
          {profile.is_primary && (
            <span className={styles.primary}>
              <Star size={14} aria-hidden /> {t("profile.primary")}
            </span>
          )}
        </>
      }
      line={
        profile.employer?.claimed ? (
          <>
            {positionOf(profile)} <ClaimedChip />
          </>
        ) : (
          positionOf(profile)
        )
      }
      facts={<ProfileChips profile={profile} />}
      reach={{
        email: values.email,
        noEmail: profile.do_not_email ? t("profile.doNotEmail") : values.bounced_at ? t("profile.bounced") : undefined,
        phone: values.work_phone ?? values.mobile_phone ?? values.other_phone ?? values.home_phone,
      }}
      level={level}
      actions={actions}
    />
  );
}

/** The facts about a contact as chips. */
export function ProfileChips({ profile: { chips, deleted, inactive } }: { profile: ContactProfile }) {
  return <Chips chips={chips} deleted={deleted} inactive={inactive} />;
}
