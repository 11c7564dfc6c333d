import { useTranslation } from "react-i18next";
import { PageTabs } from "~/kit/components/PageTabs.tsx";
import { useMay } from "~/session/session.ts";

const TABS = [
  { id: "history", to: "/history", permission: "view_audit_log" },
  { id: "trash", to: "/history/trash", permission: "view_contacts" },
] as const;

/** Site Management › History and Trash: the two pages. */
export function PlaceTabs() {
  const { t } = useTranslation();
  const may = useMay();
  const tabs = TABS.filter(({ permission }) => may(permission)).map(({ id, to }) => {
    const label = t(`trash.tabs.${id}`);
    return { to, label, go: t("trash.tabs.go", { tab: label }) };
  });
  return <PageTabs label={t("trash.tabs.label")} tabs={tabs} />;
}
