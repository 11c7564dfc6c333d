import { useLocation } from "@tanstack/react-router";
import { type LucideIcon, Plus } from "lucide-react";
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, Permission, RecordKind, SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useWide } from "~/kit/components/useWide.ts";
import { useColumns } from "~/kit/grid/columns.ts";
import { Grid, type GridHandle } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import { EVERYTHING, type GridSelection, NOTHING, selectedCount, toSelection } from "~/kit/grid/selection.ts";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { useFields, useMay } from "~/session/session.ts";
import type { ActionSet } from "../actions/actions.tsx";
import type { BulkTarget } from "../actions/bulkTarget.ts";
import { ExportMenu } from "../export/ExportMenu.tsx";
import { AddFilter, FilterChips } from "../filters/FilterBar.tsx";
import type { ListWords } from "../listWords.ts";
import { useOpenRecord } from "../pages.tsx";
import type { ListState } from "../query/listState.ts";
import { useListAddress } from "../query/useListAddress.ts";
import { type ListRow, useResultSet } from "../query/useResultSet.ts";
import { useViews } from "../views/queries.ts";
import { ViewStrip } from "../views/ViewStrip.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import styles from "./List.module.css";
import { ListSearchField } from "./ListSearchField.tsx";
import { listColumns } from "./listColumns.tsx";
import { PeekPane } from "./PeekPane.tsx";
import { useRowMenu } from "./useRowMenu.tsx";

type Props = {
  kind: RecordKind;
  words: ListWords;
  /** Columns shown until somebody chooses others. */
  shown: string[];
  /** Widths other than those every list has. */
  widths?: { [field: string]: number };
  /** Fields that say the same in every row here. */
  without?: string[];
  /** Order until somebody chooses another. */
  sort?: SortKey[];
  /** Always holds and is not shown, for example the employer on an employer's page. */
  base?: Condition[];
  /** The grid's name, where the words for the whole list don't fit. */
  label?: string;
  /** Under this name columns are remembered; the kind's words otherwise. */
  name?: string;
  /** Above the list, for example saved views. */
  above?: (list: ListState) => ReactNode;
  /** At the end of the bar, for example an export. */
  tools?: (list: ListState) => ReactNode;
  /** What can be done with selected rows, one set per feature. A constant. Without it nothing can be selected. */
  bulk?: readonly ActionSet<BulkTarget>[];
  /** How cells of some fields look here, in place of what every list shows. */
  render?: { [field: string]: (row: ListRow) => ReactNode };
  /** What the three dots at the end of a row offer. A constant. */
  rowActions?: readonly ActionSet<BulkTarget>[];
  /** The record beside the list. */
  peek?: (row: ListRow) => ReactNode;
  /** A click on a row opens `peek`, not only the space bar. */
  peekOnClick?: boolean;
  /** The form of a new record; `lazy`, so that its fields are read when it opens. */
  form?: (close: () => void) => ReactNode;
  addPermission?: Permission;
  /** In place of the button "New …", for example a menu; `open` opens the form. */
  add?: (open: () => void) => ReactNode;
  icon: LucideIcon;
  /** In place of "New …" where there are no records at all. */
  start?: { sentence?: string; action?: ReactNode };
  /** Opens the record's page where this is left out. */
  onOpen?: (row: ListRow) => void;
};

const BY_NAME: SortKey[] = [{ field: "name", descending: false }];
const NO_FILTER: Condition[] = [];
const NO_FIELDS: string[] = [];
const NO_ACTIONS: readonly ActionSet<BulkTarget>[] = [];

/** A list of records of any kind: search, filters, columns, selection, peek. Everything but selection is in the address. */
export function RecordList(props: Props) {
  const { kind, words, base = NO_FILTER, without = NO_FIELDS, bulk, peek, form, start } = props;
  const { t } = useTranslation();
  const { search, go } = useListAddress();
  const openRecord = useOpenRecord();
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const may = useMay();
  const fields = useFields(kind);
  const all = useMemo(
    () => listColumns(kind, fields, props.widths, props.render).filter(({ key }) => !without.includes(key)),
    [kind, fields, props.widths, props.render, without],
  );
  // A list on another record's page has no views of its own.
  const hasViews = props.base === undefined;
  const views = useViews();
  const view = hasViews ? views.find((each) => each.key === search.view && each.query.kind === kind) : undefined;
  const shownAtFirst = view && view.columns.length > 0 ? view.columns : props.shown;
  const listName = props.name ?? words;
  const { columns, layout, change } = useColumns(view ? `${listName}.${view.key}` : listName, all, shownAtFirst);
  const [selection, setSelection] = useState<GridSelection>(NOTHING);
  const [active, setActive] = useState<ListRow | null>(null);
  const [peeking, setPeeking] = useState(false);
  const [adding, setAdding] = useState(false);
  const [filtering, setFiltering] = useState(false);
  const grid = useRef<GridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const isWide = useWide(1600);

  const filter = search.filter ?? NO_FILTER;
  const sort = search.sort ?? props.sort ?? BY_NAME;
  const query = useMemo(
    () => ({ kind, search: search.q ?? "", filter: [...base, ...filter], sort }),
    [kind, search.q, base, filter, sort],
  );
  const asked = useMemo(() => columns.filter(({ key }) => key !== "name").map(({ key }) => key), [columns]);
  const { source, isWaiting, result, total, error, retry } = useResultSet(query, asked);

  const question = JSON.stringify([search.q, filter, base]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another selection.
  useEffect(() => setSelection(NOTHING), [question]);

  const setText = (q: string) => go({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== "");
  const setFilter = (next: Condition[]) => go({ ...search, filter: next.length > 0 ? next : undefined });
  const open = (row: ListRow) => (props.onOpen ? props.onOpen(row) : openRecord(kind, row.id));
  const focusGrid = () => grid.current?.focus();
  const canAdd = form !== undefined && may(props.addPermission ?? "edit_contacts");

  useHotkeys(t(`${words}.title`), [
    { keys: "/", label: t("record.list.searchKey"), run: () => searchInput.current?.focus() },
    { keys: "f", label: t("record.list.filterKey"), run: () => setFiltering(true) },
    ...(canAdd ? [{ keys: "n", label: t(`${words}.new`), run: () => setAdding(true) }] : []),
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { peek: peek !== undefined, select: bulk !== undefined }));

  const rowMenu = useRowMenu(props.rowActions ?? NO_ACTIONS, kind, filter, focusGrid);

  if (error) return <ErrorState error={error} onRetry={() => void retry()} />;
  const list: ListState = { kind, search, go, layout, onColumnChange: change, result, total };
  const count = selectedCount(selection, total ?? 0);
  const isOne = count === 1 && active !== null && !selection.all && selection.ids.has(active.id);
  const pane = peek && (isWide || peeking) ? active : null;
  const isFiltered = search.q !== undefined || filter.length > 0;
  const openForm = () => setAdding(true);
  const addButton = props.add?.(openForm) ?? (
    <Button variant="primary" icon={Plus} hotkey="n" onPress={openForm}>
      {t(`${words}.new`)}
    </Button>
  );
  return (
    <div className={frame.place}>
      <div className={styles.list}>
        {hasViews && (
          <ViewStrip list={list} current={view} shownAtFirst={props.shown} defaultSort={props.sort ?? BY_NAME} />
        )}
        {props.above?.(list)}
        <div className={`${frame.bar} ${styles.bar}`}>
          <ListSearchField
            label={t(`${words}.search`)}
            value={search.q ?? ""}
            onChange={setText}
            inputRef={searchInput}
            onLeave={focusGrid}
          />
          <AddFilter kind={kind} filter={filter} onChange={setFilter} isOpen={filtering} onOpen={setFiltering} />
          {filter.length > 0 && (
            <div className={styles.filters}>
              <FilterChips kind={kind} filter={filter} onChange={setFilter} />
            </div>
          )}
          <span className={styles.space} />
          <span className={text.total} role="status">
            {total !== undefined && t(`${words}.total`, { count: total })}
          </span>
          <ColumnChooser all={all} shown={columns} onChange={change} />
          <ExportMenu list={list} columns={columns.map(({ key }) => key)} query={query} />
          {props.tools?.(list)}
          {canAdd && addButton}
        </div>
        <Grid
          ref={grid}
          label={props.label ?? t(`${words}.list`)}
          source={source}
          isWaiting={isWaiting}
          columns={columns}
          onColumnChange={change}
          sort={sort}
          onSort={(next) => go({ ...search, sort: next })}
          {...(bulk ? { selection, onSelection: setSelection } : {})}
          onActive={setActive}
          onOpen={open}
          onPick={peek && props.peekOnClick ? () => setPeeking(true) : undefined}
          onPeek={peek && (() => setPeeking(!peeking))}
          onEscape={peeking ? () => setPeeking(false) : undefined}
          onError={toastError}
          {...(props.rowActions ? { rowActions: rowMenu.button, rowActionsWidth: 44 } : {})}
          memoryKey={historyKey}
          autoFocus
          empty={
            isFiltered ? (
              <EmptyState
                icon={props.icon}
                action={
                  <Button onPress={() => go({ sort: search.sort, view: search.view })}>{t("record.list.clear")}</Button>
                }
              >
                {t("record.list.filtered")}
              </EmptyState>
            ) : (
              <EmptyState icon={props.icon} action={start?.action ?? (canAdd && addButton)}>
                {start?.sentence ?? t(`${words}.empty.none`)}
              </EmptyState>
            )
          }
        />
        {bulk && result !== undefined && (
          <BulkBar
            sets={bulk}
            target={{
              kind,
              selection: toSelection(selection, result),
              count,
              name: isOne ? active.name : null,
              row: isOne ? active : null,
              filter,
              done: () => {
                setSelection(NOTHING);
                // The bar goes, and with it the button the focus would go back to.
                focusGrid();
              },
            }}
            total={total ?? 0}
            onSelectAll={() => setSelection(EVERYTHING)}
            onClear={() => {
              setSelection(NOTHING);
              focusGrid();
            }}
          />
        )}
      </div>
      {pane && (
        <PeekPane
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
        >
          {peek?.(pane)}
        </PeekPane>
      )}
      {rowMenu.dialogs}
      <Suspense>{adding && form?.(() => setAdding(false))}</Suspense>
    </div>
  );
}
