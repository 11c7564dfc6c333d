import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { ContactRound, Plus, UserPlus } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { useHotkeys } from "~/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/components/States.tsx";
import { toastError } from "~/components/Toast.tsx";
import { useWide } from "~/components/useWide.ts";
import { useColumns } from "~/grid/columns.ts";
import { Grid, type GridHandle } from "~/grid/Grid.tsx";
import { gridKeys } from "~/grid/keys.ts";
import type { ListSearch } from "~/grid/listSearch.ts";
import { EVERYTHING, type GridSelection, NOTHING, selectedCount, toSelection } from "~/grid/selection.ts";
import { type ListRow, useResultSet } from "~/grid/useResultSet.ts";
import type { Condition, SortKey } from "~/ipc";
import { AddFilter, FilterChips } from "../filters/FilterBar.tsx";
import { ColumnChooser } from "../record/ColumnChooser.tsx";
import styles from "../record/List.module.css";
import { ListSearchField } from "../record/ListSearchField.tsx";
import { listColumns } from "../record/listColumns.tsx";
import { useReview } from "../review/useReview.tsx";
import type { ReviewKind } from "../review/words.ts";
import { useFields, useMay } from "../shell/session.ts";
import { BulkBar } from "./BulkBar.tsx";
import { NewContact } from "./NewContact.tsx";
import { Peek } from "./Peek.tsx";

const SHOWN = ["name", "title", "employer", "approval", "visibility", "access", "email", "work_phone", "labels"];
const BY_NAME: SortKey[] = [{ field: "name", descending: false }];
const NO_FILTER: Condition[] = [];

/** The Contact Directory. */
export function Directory() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/contacts" });
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const may = useMay();
  const fields = useFields("contact");
  const all = useMemo(() => listColumns("contact", fields), [fields]);
  const { columns, change } = useColumns("contacts", all, SHOWN);
  const [selection, setSelection] = useState<GridSelection>(NOTHING);
  const [active, setActive] = useState<ListRow | null>(null);
  const [peeking, setPeeking] = useState(false);
  const [adding, setAdding] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const grid = useRef<GridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const review = useReview();
  const isWide = useWide(1600);

  const filter = search.filter ?? NO_FILTER;
  const sort = search.sort ?? BY_NAME;
  const query = useMemo(
    () => ({ kind: "contact" as const, search: search.q ?? "", filter, sort }),
    [search.q, filter, sort],
  );
  const asked = useMemo(() => columns.filter((column) => column.key !== "name").map((column) => column.key), [columns]);
  const { source, result, total, error: openError, retry } = useResultSet(query, asked);

  const question = JSON.stringify([search.q, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another selection.
  useEffect(() => setSelection(NOTHING), [question]);

  const go = (next: ListSearch, replace = false) => void navigate({ to: "/contacts", search: next, replace });
  const setText = (q: string) => go({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== "");
  const setFilter = (next: Condition[]) => go({ ...search, filter: next.length > 0 ? next : undefined });
  const setSort = (next: SortKey[]) => go({ ...search, sort: next });
  const open = (row: ListRow) => void navigate({ to: "/contacts/$id", params: { id: row.id }, search: {} });
  const focusGrid = () => grid.current?.focus();

  const count = selectedCount(selection, total ?? 0);
  const startReview = (action: ReviewKind) => {
    if (result === undefined || count === 0) return;
    review.ask({
      action,
      origin: "directory",
      selection: toSelection(selection, result),
      count,
      name: count === 1 && active && !selection.all && selection.ids.has(active.id) ? active.name : null,
      onDone: () => setSelection(NOTHING),
    });
  };

  useHotkeys(t("contacts.title"), [
    { keys: "/", label: t("contacts.keys.search"), run: () => searchInput.current?.focus() },
    { keys: "f", label: t("contacts.keys.filter"), run: () => setFiltering(true) },
    { keys: "n", label: t("contacts.new"), run: () => setAdding(true), enabled: may("edit_contacts") },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { peek: true }));

  const pane = (isWide || peeking) && active;
  const isFiltered = search.q !== undefined || filter.length > 0;

  if (openError) return <ErrorState error={openError} onRetry={() => void retry()} />;
  if (error) return <ErrorState error={error} onRetry={() => setError(null)} />;
  return (
    <div className={styles.page}>
      <div className={styles.list}>
        <div className={styles.bar}>
          <ListSearchField
            label={t("contacts.search")}
            value={search.q ?? ""}
            onChange={setText}
            inputRef={searchInput}
            onLeave={focusGrid}
          />
          <AddFilter kind="contact" filter={filter} onChange={setFilter} isOpen={filtering} onOpen={setFiltering} />
          {filter.length > 0 && (
            <div className={styles.filters}>
              <FilterChips kind="contact" filter={filter} onChange={setFilter} />
            </div>
          )}
          <span className={styles.space} />
          <span className={styles.total} role="status">
            {total !== undefined && t("contacts.total", { count: total })}
          </span>
          <ColumnChooser all={all} shown={columns} onChange={change} />
          {may("edit_contacts") && (
            <Button variant="primary" icon={Plus} hotkey="n" onPress={() => setAdding(true)}>
              {t("contacts.new")}
            </Button>
          )}
        </div>
        <Grid
          ref={grid}
          label={t("contacts.directory")}
          source={source}
          columns={columns}
          onColumnChange={change}
          sort={sort}
          onSort={setSort}
          selection={selection}
          onSelection={setSelection}
          onActive={setActive}
          onOpen={open}
          onPeek={() => setPeeking(!peeking)}
          onEscape={() => setPeeking(false)}
          onError={toastError}
          memoryKey={historyKey}
          autoFocus
          empty={
            isFiltered ? (
              <EmptyState
                icon={ContactRound}
                action={<Button onPress={() => go({ sort: search.sort })}>{t("contacts.empty.clear")}</Button>}
              >
                {t("contacts.empty.filtered")}
              </EmptyState>
            ) : (
              <EmptyState
                icon={UserPlus}
                action={
                  may("import_contacts") ? (
                    <Button variant="primary" onPress={() => void navigate({ to: "/import" })}>
                      {t("contacts.empty.import")}
                    </Button>
                  ) : null
                }
              >
                {t("contacts.empty.none")}
              </EmptyState>
            )
          }
        />
        <BulkBar
          count={count}
          total={total ?? 0}
          filter={filter}
          onSelectAll={() => setSelection(EVERYTHING)}
          onClear={() => {
            setSelection(NOTHING);
            focusGrid();
          }}
          onReview={startReview}
        />
      </div>
      {pane && (
        <Peek
          id={pane.id}
          name={pane.name}
          onOpen={() => open(pane)}
          onClose={
            isWide
              ? undefined
              : () => {
                  setPeeking(false);
                  focusGrid();
                }
          }
        />
      )}
      {review.dialog}
      <NewContact isOpen={adding} onClose={() => setAdding(false)} />
    </div>
  );
}
