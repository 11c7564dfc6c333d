import { useNavigate } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { Grid } from "~/kit/grid/Grid.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { ListBar } from "~/records/list/ListBar.tsx";
import { listColumns } from "~/records/list/listColumns.tsx";
import { useList } from "~/records/list/useList.ts";
import { useListQuestion } from "~/records/query/useListQuestion.ts";
import { useFields } from "~/session/session.ts";
import { Banner } from "./Banner.tsx";
import { useDirectoryAs, useSeenFields, useViewAs } from "./viewer.ts";

const SHOWN = ["name", "title", "employer", "email", "work_phone", "city", "visibility"];

/** The directory as somebody else sees it: the same rules, the same fields. */
export function DirectoryAs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view, search } = useViewAs();
  const question = useListQuestion("contact");
  const fields = useFields("contact");
  const seen = useSeenFields(view);
  const all = useMemo(
    () => listColumns("contact", fields).filter(({ key }) => key === "name" || seen.includes(key)),
    [fields, seen],
  );
  const { rows, grid, focus } = useList({
    name: "viewing",
    all,
    shown: SHOWN,
    useRows: (asked) => useDirectoryAs(view, question.query, asked),
    selects: false,
  });
  const { total, error } = rows;
  const input = useRef<HTMLInputElement>(null);
  useHotkeys(t("viewing.title"), [{ keys: "/", label: t("record.list.searchKey"), run: () => input.current?.focus() }]);
  return (
    <div className={frame.fill}>
      <Banner onLeave={() => void navigate({ to: "/contacts", search: {} })} />
      {error ? (
        <ErrorState error={error} onRetry={() => void rows.retry()} />
      ) : (
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
            total={total !== undefined && view && t("viewing.total", { count: total })}
          />
          {view && (
            <Grid
              {...grid}
              label={t("viewing.list")}
              sort={question.sort}
              onSort={question.setSort}
              onOpen={(row) =>
                void navigate({
                  to: "/view-as/$id",
                  params: { id: row.id },
                  search: { who: search.who, employer: search.employer },
                })
              }
              empty={<EmptyState icon={Eye}>{t(search.q ? "viewing.noMatch" : "viewing.empty")}</EmptyState>}
            />
          )}
        </>
      )}
    </div>
  );
}
