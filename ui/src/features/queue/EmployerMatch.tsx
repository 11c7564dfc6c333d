import { Building2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import { ClaimedChip } from "~/kit/components/Chips.tsx";
import styles from "./Queue.module.css";

const hostOf = (website: string) =>
  website
    .replace(/^https?:\/\/(www\.)?/i, "")
    .split("/")[0]
    ?.toLowerCase() ?? "";

/** The employer the person says, and whether the mail address speaks for it. */
export function EmployerMatch({ profile }: { profile: ContactProfile }) {
  const { t } = useTranslation();
  const { employer } = profile;
  if (!employer) return <p className={styles.employer}>{t("queue.employer.none")}</p>;
  const mailHost =
    String(profile.values.email ?? "")
      .split("@")[1]
      ?.toLowerCase() ?? "";
  const website = employer.website ? hostOf(employer.website) : "";
  const agrees =
    website !== "" &&
    mailHost !== "" &&
    (mailHost === website || mailHost.endsWith(`.${website}`) || website.endsWith(`.${mailHost}`));
  return (
    <div className={styles.employer}>
      <Building2 size={16} strokeWidth={1.75} aria-hidden />
      <div>
        <p className={styles.employerName}>
          {employer.name} {employer.claimed && <ClaimedChip />}
        </p>
        <p className={styles.muted}>
          {[employer.city, t("queue.employer.contacts", { count: employer.contacts })].filter(Boolean).join(" · ")}
          {website !== "" &&
            ` · ${t(agrees ? "queue.employer.mailAgrees" : "queue.employer.mailDiffers", { host: website })}`}
        </p>
      </div>
    </div>
  );
}
