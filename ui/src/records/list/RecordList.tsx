import { type LucideIcon, Plus } from "lucide-react";
import { type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, Permission, RecordKind, SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { useWide } from "~/kit/components/useWide.ts";
import { Grid } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import { toSelection } from "~/kit/grid/selection.ts";
import frame from "~/kit/layout/Frame.module.css";
import { useFields, useMay } from "~/session/session.ts";
import type { ActionSet } from "../actions/actions.tsx";
import type { BulkTarget } from "../actions/bulkTarget.ts";
import { ExportMenu } from "../export/ExportMenu.tsx";
import { usualFields } from "../fields/usual.ts";
import type { ListWords } from "../listWords.ts";
import { useOpenRecord } from "../pages.tsx";
import type { ListState } from "../query/listState.ts";
import { BY_NAME, useListQuestion } from "../query/useListQuestion.ts";
import { type ListRow, useResultSet } from "../query/useResultSet.ts";
import { useViews } from "../views/queries.ts";
import { ViewStrip } from "../views/ViewStrip.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { ColumnChooser } from "./ColumnChooser.tsx";
import { Elsewhere } from "./Elsewhere.tsx";
import styles from "./List.module.css";
import { ListBar } from "./ListBar.tsx";
import { listColumns } from "./listColumns.tsx";
import { PeekPane } from "./PeekPane.tsx";
import { useDoubleClick } from "./useDoubleClick.ts";
import { useList } from "./useList.ts";
import { useRowMenu } from "./useRowMenu.tsx";

type Props = {
  kind: RecordKind;
  words: ListWords;
  /** Columns shown until somebody chooses others. */
  shown: string[];
  /** Of these, columns that are shown only while the list is filtered by them. A constant. */
  shownFiltered?: readonly string[];
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

const NO_FIELDS: string[] = [];
const NO_ACTIONS: readonly ActionSet<BulkTarget>[] = [];

/** The list a `RecordList` shows: what it asks, its columns as the person or the open view wants them, its rows. */
function useRecords(props: Props) {
  const { kind, words, base, without = NO_FIELDS, bulk, sort, shown, name, widths, render } = props;
  const question = useListQuestion(kind, { base, sort });
  const fields = useFields(kind);
  const all = useMemo(
    () => listColumns(kind, fields, widths, render).filter(({ key }) => !without.includes(key)),
    [kind, fields, widths, render, without],
  );
  const { shownFiltered = NO_FIELDS } = props;
  const filtered = shownFiltered.filter((key) => question.filter.some(({ field }) => field === key)).join(" ");
  const also = useMemo(() => (filtered === "" ? NO_FIELDS : filtered.split(" ")), [filtered]);
  // A list on another record's page has no views of its own.
  const hasViews = base === undefined;
  const views = useViews();
  const { view: open } = question.search;
  const view = hasViews ? views.find((each) => each.key === open && each.query.kind === kind) : undefined;
  const listName = name ?? words;
  const list = useList({
    name: view ? `${listName}.${view.key}` : listName,
    all,
    shown: view && view.columns.length > 0 ? view.columns : shown,
    also,
    useRows: (asked) => useResultSet(question.query, asked),
    question: question.key,
    selects: bulk !== undefined,
  });
  return { question, list, all, hasViews, view };
}

/** A list of records of any kind: search, filters, columns, selection, peek. Everything but selection is in the address. */
export function RecordList(props: Props) {
  const { kind, words, bulk, peek, form } = props;
  const { t } = useTranslation();
  const may = useMay();
  const openRecord = useOpenRecord();
  const { question, list, all, hasViews, view } = useRecords(props);
  const [peeking, setPeeking] = useState(false);
  const [adding, setAdding] = useState(false);
  // Whether a condition is being added, and on which field where a column's menu asked for it.
  const [filtering, setFiltering] = useState<{ field: string | null } | null>(null);
  const picked = useDoubleClick();
  const searchInput = useRef<HTMLInputElement>(null);
  const isWide = useWide(1600);

  const { search, go, filter, query } = question;
  const { active, rows, columns } = list;
  const open = (row: ListRow) => (props.onOpen ? props.onOpen(row) : openRecord(kind, row.id));
  const canAdd = form !== undefined && may(props.addPermission ?? "edit_contacts");

  useHotkeys(t(`${words}.title`), [
    { keys: "/", label: t("record.list.searchKey"), run: () => searchInput.current?.focus() },
    { keys: "f", label: t("record.list.filterKey"), run: () => setFiltering({ field: null }) },
    ...(canAdd ? [{ keys: "n", label: t(`${words}.new`), run: () => setAdding(true) }] : []),
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { peek: peek !== undefined, select: bulk !== undefined }));

  const rowMenu = useRowMenu(props.rowActions ?? NO_ACTIONS, kind, filter, list.focus);

  if (rows.error) return <ErrorState error={rows.error} onRetry={() => void rows.retry()} />;
  const { result, total } = rows;
  const state: ListState = { kind, search, go, layout: list.layout, onColumnChange: list.change, result, total };
  const pane = peek && (isWide || peeking) ? active : null;
  const openForm = () => setAdding(true);
  const addButton = props.add?.(openForm) ?? (
    <Button variant="primary" icon={Plus} hotkey="n" onPress={openForm}>
      {t(`${words}.new`)}
    </Button>
  );
  const closePane = () => {
    setPeeking(false);
    list.focus();
  };
  return (
    // The second click of a double click may fall on the pane that the first one opened.
    <div className={frame.place} onClickCapture={picked.onClick}>
      <div className={styles.list}>
        {hasViews && (
          <ViewStrip list={state} current={view} shownAtFirst={props.shown} defaultSort={props.sort ?? BY_NAME} />
        )}
        {props.above?.(state)}
        <ListBar
          search={{
            label: t(`${words}.search`),
            value: search.q ?? "",
            onChange: question.setText,
            inputRef: searchInput,
          }}
          onLeave={list.focus}
          filtering={{
            kind,
            filter,
            onChange: question.setFilter,
            isOpen: filtering !== null,
            onOpen: (opened) => setFiltering(opened ? { field: null } : null),
            field: filtering?.field ?? null,
          }}
          total={total !== undefined && t(`${words}.total`, { count: total })}
          tools={
            <>
              <ColumnChooser all={all} shown={columns} usual={usualFields(kind)} onChange={list.change} />
              <ExportMenu list={state} columns={columns.map(({ key }) => key)} query={query} />
              {props.tools?.(state)}
            </>
          }
        >
          {canAdd && addButton}
        </ListBar>
        <Grid
          {...list.grid}
          label={props.label ?? t(`${words}.list`)}
          sort={question.sort}
          onSort={question.setSort}
          onFilter={(field) => setFiltering({ field })}
          onOpen={open}
          onPick={
            peek &&
            ((row) => {
              picked.pick(() => open(row));
              setPeeking(true);
            })
          }
          onPeek={peek && (() => setPeeking(!peeking))}
          onEscape={peeking ? () => setPeeking(false) : undefined}
          {...(props.rowActions ? { rowActions: rowMenu.button, rowActionsWidth: 44 } : {})}
          empty={
            <NoRows
              {...props}
              isFiltered={question.isFiltered}
              elsewhere={
                hasViews &&
                total === 0 && (
                  <Elsewhere
                    query={query}
                    onShow={(other) => go({ q: other.search || undefined, filter: other.filter, sort: search.sort })}
                  />
                )
              }
              addButton={canAdd && addButton}
              onClear={() => go({ sort: search.sort, view: search.view })}
            />
          }
        />
        {bulk && result !== undefined && (
          <BulkBar
            sets={bulk}
            target={{
              kind,
              selection: toSelection(list.selection, result),
              count: list.count,
              name: list.one?.name ?? null,
              row: list.one,
              filter,
              done: list.done,
            }}
            total={total ?? 0}
            onSelectAll={list.selectAll}
            onClear={list.clear}
          />
        )}
      </div>
      {pane && (
        <PeekPane name={pane.name} onOpen={() => open(pane)} onClose={isWide ? undefined : closePane}>
          {peek?.(pane)}
        </PeekPane>
      )}
      {rowMenu.dialogs}
      <Suspense>{adding && form?.(() => setAdding(false))}</Suspense>
    </div>
  );
}

type NoRowsProps = Pick<Props, "icon" | "start" | "words"> & {
  isFiltered: boolean;
  elsewhere: ReactNode;
  addButton: ReactNode;
  onClear: () => void;
};

/** In place of rows: nothing fits the question, or there is nothing at all yet. */
function NoRows({ icon, start, words, isFiltered, elsewhere, addButton, onClear }: NoRowsProps) {
  const { t } = useTranslation();
  return isFiltered ? (
    <EmptyState
      icon={icon}
      action={
        <>
          {elsewhere}
          <Button onPress={onClear}>{t("record.list.clear")}</Button>
        </>
      }
    >
      {t("record.list.filtered")}
    </EmptyState>
  ) : (
    <EmptyState icon={icon} action={start?.action ?? addButton}>
      {start?.sentence ?? t(`${words}.empty.none`)}
    </EmptyState>
  );
}
