import { useNavigate } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, ListQuery } from "~/ipc";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { Grid } from "~/kit/grid/Grid.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { fieldLabel } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { ListBar } from "~/records/list/ListBar.tsx";
import { listColumns } from "~/records/list/listColumns.tsx";
import { useList } from "~/records/list/useList.ts";
import { useListQuestion } from "~/records/query/useListQuestion.ts";
import { useFields } from "~/session/session.ts";
import { Banner } from "./Banner.tsx";
import { PortalAs } from "./PortalAs.tsx";
import { viewerOf } from "./search.ts";
import styles from "./Viewing.module.css";
import { useDirectoryAs, useSeenFields, useViewAs } from "./viewer.ts";
import { useWayBack } from "./wayBack.ts";

const SHOWN = ["name", "title", "employer", "email", "work_phone", "city", "visibility"];

/** What of the question they may ask: nothing about fields they don't see. */
function useTheirQuestion(seen: string[] | undefined) {
  const question = useListQuestion("contact");
  const { query, filter, sort } = question;
  const theirs = useMemo(() => {
    const may = (key: string) => key === "name" || (seen?.includes(key) ?? false);
    const asks = ({ field }: Condition) => may(field);
    const asked: ListQuery | null = seen
      ? { ...query, filter: query.filter.filter(asks), sort: query.sort.filter(({ field }) => may(field)) }
      : null;
    return {
      query: asked,
      applied: filter.filter(asks),
      leftOut: seen ? filter.filter((condition) => !asks(condition)) : [],
      sort: sort.filter(({ field }) => may(field)),
    };
  }, [seen, query, filter, sort]);
  return { question, ...theirs };
}

/** The directory as somebody else sees it: the same rules, the same fields, the list one came from. */
export function DirectoryAs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const back = useWayBack();
  const { view, search } = useViewAs();
  const fields = useFields("contact");
  const seen = useSeenFields(view);
  const { question, query, applied, leftOut, sort } = useTheirQuestion(seen);
  const [filtering, setFiltering] = useState(false);
  const all = useMemo(
    () => listColumns("contact", fields).filter(({ key }) => key === "name" || seen?.includes(key)),
    [fields, seen],
  );
  const { rows, grid, focus } = useList({
    name: "viewing",
    all,
    shown: SHOWN,
    useRows: (asked) => useDirectoryAs(view, query, asked),
    selects: false,
  });
  const { total, error } = rows;
  const input = useRef<HTMLInputElement>(null);
  useHotkeys(t("viewing.title"), [
    { keys: "/", label: t("record.list.searchKey"), run: () => input.current?.focus() },
    { keys: "f", label: t("record.list.filterKey"), run: () => setFiltering(true) },
  ]);
  const leave = () => {
    if (!back.leave(search.from)) void navigate({ to: "/contacts", search: {} });
  };
  return (
    <div className={frame.fill}>
      <Banner onLeave={leave} />
      <div className={frame.place}>
        <div className={styles.list}>
          {error && view ? (
            <ErrorState error={error} onRetry={() => void rows.retry()} />
          ) : view ? (
            <>
              <ListBar
                search={{
                  label: t("viewing.search"),
                  value: search.q ?? "",
                  // Every letter in place of the one before: Back leaves this view, it does not retype.
                  onChange: (q) => question.go({ ...search, q: q === "" ? undefined : q }, true),
                  inputRef: input,
                }}
                onLeave={focus}
                filtering={{
                  kind: "contact",
                  filter: applied,
                  only: seen,
                  onChange: (next) => question.go({ ...search, filter: [...leftOut, ...next] }, true),
                  isOpen: filtering,
                  onOpen: setFiltering,
                }}
                total={total !== undefined && t("viewing.total", { count: total })}
              />
              {leftOut.length > 0 && (
                <p className={styles.leftOut}>
                  {t("viewing.leftOut", {
                    fields: new Intl.ListFormat(i18next.language).format(
                      leftOut.map(({ field }) => fieldLabel("contact", field, fields)),
                    ),
                  })}
                </p>
              )}
              <Grid
                {...grid}
                label={t("viewing.list")}
                sort={sort}
                onSort={question.setSort}
                onOpen={(row) =>
                  void navigate({ to: "/view-as/$id", params: { id: row.id }, search: viewerOf(search) })
                }
                empty={
                  <EmptyState icon={Eye}>
                    {t(search.q || applied.length > 0 ? "viewing.noMatch" : "viewing.empty")}
                  </EmptyState>
                }
              />
            </>
          ) : (
            <EmptyState icon={Eye}>{t(`viewing.before.${search.who}`)}</EmptyState>
          )}
        </div>
        <PortalAs />
      </div>
    </div>
  );
}
