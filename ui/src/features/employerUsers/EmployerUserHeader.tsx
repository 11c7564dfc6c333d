import { IdCard, Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { EmployerUserDetail } from "~/ipc";
import { AccessChipView, Chip } from "~/kit/components/Chips.tsx";
import mark from "~/kit/layout/Mark.module.css";
import row from "~/kit/layout/Row.module.css";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import styles from "./EmployerUser.module.css";

type Props = { user: EmployerUserDetail; level: "page" | "card"; actions?: ReactNode };

/** Whose account it is, and what it may do; nobody's name where the profile is private (M49). */
export function EmployerUserHeader({ user, level, actions }: Props) {
  const { t } = useTranslation();
  const employer = user.employer?.name ?? "";
  const role = user.role?.name ?? "";
  return (
    <RecordHeader
      name={user.name}
      avatar={
        user.private ? (
          <span className={`${mark.disc} ${styles.lock}`} aria-hidden>
            <Lock size={20} strokeWidth={1.75} />
          </span>
        ) : undefined
      }
      line={user.title && employer ? t("profile.position", { title: user.title, employer }) : user.title || employer}
      facts={
        <ul className={`${row.chips} ${styles.facts}`} aria-label={t("employerUsers.facts.label")}>
          <li>
            <AccessChipView access={{ state: user.access ? "on" : "off", role }} short />
          </li>
          <li>
            <Chip icon={IdCard}>
              {role ? t("employerUsers.facts.role", { role }) : t("employerUsers.facts.noRole")}
            </Chip>
          </li>
          {user.private && (
            <li>
              <Chip icon={Lock} tone="faint">
                {t("employerUsers.facts.private")}
              </Chip>
            </li>
          )}
        </ul>
      }
      reach={user.private ? {} : { email: user.email, phone: user.work_phone || null }}
      level={level}
      actions={actions}
    />
  );
}
