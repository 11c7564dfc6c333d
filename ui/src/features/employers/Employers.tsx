import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { Building2, Plus } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/components/States.tsx";
import { toastError } from "~/components/Toast.tsx";
import { useColumns } from "~/grid/columns.ts";
import { Grid, type GridHandle } from "~/grid/Grid.tsx";
import { gridKeys } from "~/grid/keys.ts";
import type { ListSearch } from "~/grid/listSearch.ts";
import { type ListRow, useResultSet } from "~/grid/useResultSet.ts";
import type { Condition, SortKey } from "~/ipc";
import { AddFilter, FilterChips } from "../filters/FilterBar.tsx";
import { ColumnChooser } from "../record/ColumnChooser.tsx";
import styles from "../record/List.module.css";
import { ListSearchField } from "../record/ListSearchField.tsx";
import { listColumns } from "../record/listColumns.tsx";
import { useFields, useMay } from "../shell/session.ts";
import { NewEmployer } from "./NewEmployer.tsx";

const SHOWN = ["name", "industry", "city", "primary_contact", "website", "phone", "labels"];
const WIDTHS = { name: 260, website: 230, primary_contact: 180, phone: 160 };
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];
const NO_FILTER: Condition[] = [];

/** All employers. */
export function Employers() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/employers" });
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const may = useMay();
  const fields = useFields("employer");
  const all = useMemo(() => listColumns("employer", fields, WIDTHS), [fields]);
  const { columns, change } = useColumns("employers", all, SHOWN);
  const [adding, setAdding] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const grid = useRef<GridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);

  const filter = search.filter ?? NO_FILTER;
  const sort = search.sort ?? BY_NAME;
  const query = useMemo(
    () => ({ kind: "employer" as const, search: search.q ?? "", filter, sort }),
    [search.q, filter, sort],
  );
  const asked = useMemo(() => columns.filter((column) => column.key !== "name").map((column) => column.key), [columns]);
  const { source, total, error, retry } = useResultSet(query, asked);

  const go = (next: ListSearch, replace = false) => void navigate({ to: "/employers", search: next, replace });
  const setText = (q: string) => go({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== "");
  const setFilter = (next: Condition[]) => go({ ...search, filter: next.length > 0 ? next : undefined });
  const open = (row: ListRow) => void navigate({ to: "/employers/$id", params: { id: row.id }, search: {} });
  const canEdit = may("edit_contacts");

  useHotkeys(t("employers.title"), [
    { keys: "/", label: t("employers.keys.search"), run: () => searchInput.current?.focus() },
    { keys: "f", label: t("employers.keys.filter"), run: () => setFiltering(true) },
    { keys: "n", label: t("employers.new"), run: () => setAdding(true), enabled: canEdit },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { select: false }));

  if (error) return <ErrorState error={error} onRetry={() => void retry()} />;
  const isFiltered = search.q !== undefined || filter.length > 0;
  return (
    <div className={styles.page}>
      <div className={styles.list}>
        <div className={styles.bar}>
          <ListSearchField
            label={t("employers.search")}
            value={search.q ?? ""}
            onChange={setText}
            inputRef={searchInput}
            onLeave={() => grid.current?.focus()}
          />
          <AddFilter kind="employer" filter={filter} onChange={setFilter} isOpen={filtering} onOpen={setFiltering} />
          {filter.length > 0 && (
            <div className={styles.filters}>
              <FilterChips kind="employer" filter={filter} onChange={setFilter} />
            </div>
          )}
          <span className={styles.space} />
          <span className={styles.total} role="status">
            {total !== undefined && t("employers.total", { count: total })}
          </span>
          <ColumnChooser all={all} shown={columns} onChange={change} />
          {canEdit && (
            <Button variant="primary" icon={Plus} hotkey="n" onPress={() => setAdding(true)}>
              {t("employers.new")}
            </Button>
          )}
        </div>
        <Grid
          ref={grid}
          label={t("employers.list")}
          source={source}
          columns={columns}
          onColumnChange={change}
          sort={sort}
          onSort={(next) => go({ ...search, sort: next })}
          onOpen={open}
          onError={toastError}
          memoryKey={historyKey}
          autoFocus
          empty={
            isFiltered ? (
              <EmptyState
                icon={Building2}
                action={<Button onPress={() => go({ sort: search.sort })}>{t("employers.empty.clear")}</Button>}
              >
                {t("employers.empty.filtered")}
              </EmptyState>
            ) : (
              <EmptyState
                icon={Building2}
                action={
                  canEdit && (
                    <Button variant="primary" onPress={() => setAdding(true)}>
                      {t("employers.new")}
                    </Button>
                  )
                }
              >
                {t("employers.empty.none")}
              </EmptyState>
            )
          }
        />
      </div>
      {adding && <NewEmployer onClose={() => setAdding(false)} />}
    </div>
  );
}
