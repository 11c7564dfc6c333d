import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "~/components/hotkeys.tsx";
import styles from "./Trash.module.css";

/** Site Management › History and Trash: the two pages, side by side. The keys 1 and 2 go to them. */
export function PlaceTabs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useHotkeys(t("trash.tabs.label"), [
    {
      keys: "1",
      label: t("trash.tabs.go", { tab: t("trash.tabs.history") }),
      run: () => void navigate({ to: "/history", search: {} }),
    },
    {
      keys: "2",
      label: t("trash.tabs.go", { tab: t("trash.tabs.trash") }),
      run: () => void navigate({ to: "/history/trash", search: {} }),
    },
  ]);
  const exact = { exact: true, includeSearch: false };
  return (
    <nav className={styles.tabs} aria-label={t("trash.tabs.label")}>
      <Link to="/history" search={{}} className={styles.tab} activeOptions={exact} aria-keyshortcuts="1">
        {t("trash.tabs.history")}
      </Link>
      <Link to="/history/trash" search={{}} className={styles.tab} activeOptions={exact} aria-keyshortcuts="2">
        {t("trash.tabs.trash")}
      </Link>
    </nav>
  );
}
