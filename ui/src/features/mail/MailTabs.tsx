import { useTranslation } from "react-i18next";
import { PageTabs } from "~/kit/components/PageTabs.tsx";
import { useMay } from "~/session/session.ts";

const TABS = [
  { id: "settings", to: "/settings/mail", permission: "manage_settings" },
  { id: "templates", to: "/settings/mail/templates", permission: "send_mail" },
  { id: "outbox", to: "/settings/mail/outbox", permission: "send_mail" },
] as const;

/** Site Management › Mail: its pages. */
export function MailTabs() {
  const { t } = useTranslation();
  const may = useMay();
  const tabs = TABS.filter(({ permission }) => may(permission)).map(({ id, to }) => {
    const label = t(`mail.tabs.${id}`);
    return { to, label, go: t("mail.tabs.go", { tab: label }) };
  });
  return <PageTabs label={t("mail.tabs.label")} tabs={tabs} />;
}
