import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { Chips } from "~/kit/components/Chips.tsx";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import styles from "./Profile.module.css";

type Props = { profile: ContactProfile; level: "page" | "card"; actions?: ReactNode };

/** Who it is at a glance: name, title at employer, the three facts, how to reach them. */
export function ContactHeader({ profile, level, actions }: Props) {
  const { t } = useTranslation();
  const { values } = profile;
  const title = typeof values.title === "string" ? values.title : null;
  const employer = profile.employer?.name ?? null;
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
      line={title && employer ? t("profile.position", { title, employer }) : (title ?? employer)}
      facts={<Chips chips={profile.chips} />}
      reach={{
        email: values.email,
        phone: values.work_phone ?? values.mobile_phone ?? values.other_phone ?? values.home_phone,
      }}
      level={level}
      actions={actions}
    />
  );
}
