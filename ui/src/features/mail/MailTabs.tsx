import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { useMay } from "../shell/session.ts";
import styles from "./Mail.module.css";

const TABS = [
  { id: "settings", to: "/settings/mail", permission: "manage_settings" },
  { id: "templates", to: "/settings/mail/templates", permission: "send_mail" },
  { id: "outbox", to: "/settings/mail/outbox", permission: "send_mail" },
] as const;

/** Site Management › Mail: its pages side by side. The keys 1 to 3 go to them. */
export function MailTabs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const tabs = TABS.filter(({ permission }) => may(permission));
  useHotkeys(
    t("mail.tabs.label"),
    tabs.map(({ id, to }, n) => ({
      keys: String(n + 1),
      label: t("mail.tabs.go", { tab: t(`mail.tabs.${id}`) }),
      run: () => void navigate({ to, search: {} }),
    })),
  );
  return (
    <nav className={styles.tabs} aria-label={t("mail.tabs.label")}>
      {tabs.map(({ id, to }, n) => (
        <Link
          key={id}
          to={to}
          search={{}}
          className={styles.tab}
          activeOptions={{ exact: true, includeSearch: false }}
          aria-keyshortcuts={String(n + 1)}
        >
          {t(`mail.tabs.${id}`)}
        </Link>
      ))}
    </nav>
  );
}
