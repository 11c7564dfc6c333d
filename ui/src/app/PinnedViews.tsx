import { Link, useSearch } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { useTranslation } from "react-i18next";
import { count } from "~/kit/i18n/words.ts";
import text from "~/kit/layout/Text.module.css";
import type { ListSearch } from "~/records/query/listSearch.ts";
import { placeOf, useViewCounts, useViews, viewAddress } from "~/records/views/queries.ts";
import { NavigationSection } from "./NavigationSection.tsx";
import styles from "./Shell.module.css";

/** The pinned views in the navigation, with how many records each has. */
export function PinnedViews({ collapsed }: { collapsed: boolean }) {
  const { t } = useTranslation();
  const { view: current } = useSearch({ strict: false }) as ListSearch;
  const views = useViews().filter((view) => view.saved?.pinned && placeOf(view.query.kind) !== undefined);
  const countOf = useViewCounts(views);
  if (views.length === 0) return null;
  return (
    <NavigationSection id="views" heading={t("views.pinned")} collapsed={collapsed}>
      {views.map((view) => {
        const n = countOf(view);
        return (
          <Link
            key={view.key}
            to={placeOf(view.query.kind) as string}
            search={viewAddress(view) as never}
            className={styles.link}
            activeOptions={{ includeSearch: true }}
            data-current={view.key === current || undefined}
            title={collapsed ? view.name : undefined}
          >
            <Bookmark size={16} strokeWidth={1.75} aria-hidden />
            <span className={`${text.clipRest} ${styles.linkLabel}`}>{view.name}</span>
            {n !== undefined && n !== null && !collapsed && <span className={styles.viewCount}>{count(n)}</span>}
          </Link>
        );
      })}
    </NavigationSection>
  );
}
