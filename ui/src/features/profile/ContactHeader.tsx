import { Mail, Phone, Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "~/components/Avatar.tsx";
import { Breakable } from "~/components/Breakable.tsx";
import { Chips } from "~/components/Chips.tsx";
import type { ContactProfile } from "~/ipc";
import styles from "./Profile.module.css";

/** Who it is at a glance: name, title at employer, the three facts, how to reach them. */
export function ContactHeader({
  profile,
  level,
  actions,
}: {
  profile: ContactProfile;
  level: "page" | "card";
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const { values } = profile;
  const title = typeof values.title === "string" ? values.title : null;
  const employer = profile.employer?.name ?? null;
  const position = title && employer ? t("profile.position", { title, employer }) : (title ?? employer);
  const phone = values.work_phone ?? values.mobile_phone ?? values.other_phone ?? values.home_phone;
  const Name = level === "page" ? "p" : "h2";
  return (
    <header className={styles.header} data-level={level}>
      <Avatar name={profile.name} size={48} />
      <div className={styles.who}>
        <Name className={styles.name} title={profile.name}>
          {profile.name}
          {typeof values.pronouns === "string" && <span className={styles.pronouns}> {values.pronouns}</span>}
          {profile.is_primary && (
            <span className={styles.primary}>
              <Star size={14} aria-hidden /> {t("profile.primary")}
            </span>
          )}
        </Name>
        {position && <p className={styles.position}>{position}</p>}
        <Chips chips={profile.chips} />
        <ul className={styles.reach}>
          {typeof values.email === "string" && (
            <li>
              <Mail size={14} strokeWidth={1.75} aria-hidden />
              <a href={`mailto:${encodeURIComponent(values.email).replace("%40", "@")}`}>
                <Breakable>{values.email}</Breakable>
              </a>
            </li>
          )}
          {typeof phone === "string" && (
            <li>
              <Phone size={14} strokeWidth={1.75} aria-hidden />
              <a href={`tel:${phone.replace(/[^\d+]/g, "")}`}>{phone}</a>
            </li>
          )}
        </ul>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}
