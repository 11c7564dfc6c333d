import { useLocation, useNavigate } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SortKey } from "~/ipc";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useColumns } from "~/kit/grid/columns.ts";
import { Grid, type GridHandle } from "~/kit/grid/Grid.tsx";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import list from "~/records/list/List.module.css";
import { ListSearchField } from "~/records/list/ListSearchField.tsx";
import { listColumns } from "~/records/list/listColumns.tsx";
import { useListAddress } from "~/records/query/useListAddress.ts";
import { useFields } from "~/session/session.ts";
import { Banner } from "./Banner.tsx";
import { useDirectoryAs, useSeenFields, useViewAs } from "./viewer.ts";

const SHOWN = ["name", "title", "employer", "email", "work_phone", "city", "visibility"];
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];

/** The directory as somebody else sees it: the same rules, the same fields. */
export function DirectoryAs() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view, search } = useViewAs();
  const address = useListAddress();
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const fields = useFields("contact");
  const seen = useSeenFields(view);
  const all = useMemo(
    () => listColumns("contact", fields).filter(({ key }) => key === "name" || seen.includes(key)),
    [fields, seen],
  );
  const { columns, change } = useColumns("viewing", all, SHOWN);
  const sort = search.sort ?? BY_NAME;
  const query = useMemo(
    () => ({ kind: "contact" as const, search: search.q ?? "", filter: search.filter ?? [], sort }),
    [search.q, search.filter, sort],
  );
  const asked = useMemo(() => columns.filter(({ key }) => key !== "name").map(({ key }) => key), [columns]);
  const { source, total, error, retry } = useDirectoryAs(view, query, asked);
  const grid = useRef<GridHandle>(null);
  const input = useRef<HTMLInputElement>(null);
  useHotkeys(t("viewing.title"), [{ keys: "/", label: t("record.list.searchKey"), run: () => input.current?.focus() }]);
  return (
    <div className={frame.fill}>
      <Banner onLeave={() => void navigate({ to: "/contacts", search: {} })} />
      {error ? (
        <ErrorState error={error} onRetry={() => void retry()} />
      ) : (
        <>
          <div className={`${frame.bar} ${list.bar}`}>
            <ListSearchField
              label={t("viewing.search")}
              value={search.q ?? ""}
              onChange={(q) => address.go({ ...search, q: q === "" ? undefined : q }, true)}
              inputRef={input}
              onLeave={() => grid.current?.focus()}
            />
            <span className={list.space} />
            <span className={text.total} role="status">
              {total !== undefined && view && t("viewing.total", { count: total })}
            </span>
          </div>
          {view && (
            <Grid
              ref={grid}
              label={t("viewing.list")}
              source={source}
              columns={columns}
              onColumnChange={change}
              sort={sort}
              onSort={(next) => address.go({ ...search, sort: next })}
              onOpen={(row) =>
                void navigate({
                  to: "/view-as/$id",
                  params: { id: row.id },
                  search: { who: search.who, employer: search.employer },
                })
              }
              onError={toastError}
              memoryKey={historyKey}
              autoFocus
              empty={<EmptyState icon={Eye}>{t(search.q ? "viewing.noMatch" : "viewing.empty")}</EmptyState>}
            />
          )}
        </>
      )}
    </div>
  );
}
