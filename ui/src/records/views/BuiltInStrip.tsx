import { useMemo } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Condition } from "~/ipc";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { count } from "~/kit/i18n/words.ts";
import type { ListState } from "../query/listState.ts";
import { useViewCounts, useViews, type View, viewAddress } from "./queries.ts";
import styles from "./Views.module.css";

/** Views that are always there, as tabs above a part of a list: their numbers are of this part. */
export function BuiltInStrip({ list, keys, base }: { list: ListState; keys: readonly string[]; base: Condition[] }) {
  const { t } = useTranslation();
  const views = useViews();
  const shown = useMemo(() => views.filter(({ key }) => keys.includes(key)), [views, keys]);
  const within = useMemo(
    () => shown.map((view) => ({ ...view, query: { ...view.query, filter: [...base, ...view.query.filter] } })),
    [shown, base],
  );
  const countOf = useViewCounts(within);
  const current = list.search.view;
  const open = (view: View | undefined) => list.go(view ? viewAddress(view) : {});
  const step = (by: number) => {
    const places = [undefined, ...shown];
    const at = Math.max(
      0,
      places.findIndex((view) => view?.key === current),
    );
    open(places[(at + by + places.length) % places.length]);
  };
  useHotkeys(t("views.label"), [
    { keys: "]", label: t("views.next"), run: () => step(1) },
    { keys: "[", label: t("views.previous"), run: () => step(-1) },
  ]);
  return (
    <nav className={styles.strip} aria-label={t("views.label")}>
      <Scrollable className={styles.tabs} label={t("views.label")}>
        {[undefined, ...shown].map((view, n) => {
          const inside = within[n - 1];
          const number = inside && countOf(inside);
          return (
            <AriaButton
              key={view?.key ?? "all"}
              className={styles.tab ?? ""}
              aria-current={view?.key === current ? "page" : undefined}
              onPress={() => open(view)}
            >
              <span className={styles.name}>{view?.name ?? t("views.all")}</span>{" "}
              {number !== undefined && number !== null && <span className={styles.count}>{count(number)}</span>}
            </AriaButton>
          );
        })}
      </Scrollable>
    </nav>
  );
}
