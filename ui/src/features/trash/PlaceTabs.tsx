import { useTranslation } from "react-i18next";
import { PageTabs } from "~/kit/components/PageTabs.tsx";

const TABS = [
  { id: "history", to: "/history" },
  { id: "trash", to: "/history/trash" },
] as const;

/** Site Management › History and Trash: the two pages. */
export function PlaceTabs() {
  const { t } = useTranslation();
  const tabs = TABS.map(({ id, to }) => {
    const label = t(`trash.tabs.${id}`);
    return { to, label, go: t("trash.tabs.go", { tab: label }) };
  });
  return <PageTabs label={t("trash.tabs.label")} tabs={tabs} />;
}
