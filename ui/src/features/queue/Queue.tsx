import { useNavigate } from "@tanstack/react-router";
import { Inbox } from "lucide-react";
import { type ReactNode, type RefObject, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, Id, SortKey } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { Grid } from "~/kit/grid/Grid.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { ColumnChooser } from "~/records/list/ColumnChooser.tsx";
import listStyle from "~/records/list/List.module.css";
import { ListBar } from "~/records/list/ListBar.tsx";
import { useList } from "~/records/list/useList.ts";
import { useListQuestion } from "~/records/query/useListQuestion.ts";
import { useResultSet } from "~/records/query/useResultSet.ts";
import { useFields, useMay } from "~/session/session.ts";
import { useUndoLast } from "~/session/undo.ts";
import { EditPending } from "./EditPending.tsx";
import { LikelyFilter } from "./LikelyFilter.tsx";
import { isLikelyFilter, ONLY_LIKELY, openingOf, useLikely } from "./likely.ts";
import { PendingPerson } from "./PendingPerson.tsx";
import { useClaimKeys } from "./PersonEvidence.tsx";
import styles from "./Queue.module.css";
import { queueColumns, SECOND_LINES } from "./queueColumns.tsx";
import { ROW_BUTTONS, RowButtons } from "./RowButtons.tsx";
import { SortMenu } from "./SortMenu.tsx";
import { SourceFilter } from "./SourceFilter.tsx";
import { TriageBar } from "./TriageBar.tsx";
import { useApproveInto } from "./useApproveInto.ts";
import { useDecide } from "./useDecide.ts";
import { useListWidth } from "./useListWidth.ts";
import { useQueueKeys } from "./useQueueKeys.ts";

const SHOWN = ["name", "source"];
/** What a row takes besides the name's column: the box of the selection, the source, the buttons. */
const BESIDE_NAME = 36 + 168 + ROW_BUTTONS;
/** This page: `u` undoes what was done here. */
const PAGE = "/notifications/contacts";
// Who has waited longest comes first.
const BY_WAITING: SortKey[] = [{ field: "created_at", descending: false }];
const PENDING: Condition[] = [{ field: "approval", op: "is", values: ["pending"] }];

/** Those who wait, as the address asks for them, in a list of this width. */
function usePending(width: number) {
  const question = useListQuestion("contact", { base: PENDING, sort: BY_WAITING });
  const fields = useFields("contact");
  const likely = useLikely();
  const name = Math.min(Math.max(width - BESIDE_NAME, 160), 480);
  const all = useMemo(() => queueColumns(fields, name, likely), [fields, name, likely]);
  const list = useList({
    name: "queue",
    all,
    shown: SHOWN,
    asksFor: SECOND_LINES,
    useRows: (asked) => useResultSet(question.query, asked, openingOf(question.query)),
    question: question.key,
  });
  return { question, all, list, likely };
}

/** Notifications › Contacts: who waits to be let into the directory (M1 to M10). */
export function Queue() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const [element, width] = useListWidth(560);
  const { question, all, list, likely } = usePending(width);
  const [editing, setEditing] = useState<string | null>(null);
  const [writing, setWriting] = useState(0);
  const [filtering, setFiltering] = useState(false);
  const searchInput = useRef<HTMLInputElement>(null);
  const undoLast = useUndoLast({ page: PAGE, nothing: t("queue.undoNothing") });
  const { rows, active, count } = list;
  const focus = () => window.setTimeout(list.focus, 0);
  const follow = (id: Id) => list.handle.current?.follow(id);

  const canReview = may("review_contacts");
  const canEdit = may("edit_contacts");
  const canMerge = canReview && may("merge_contacts");
  const { decide, dialog: reviewing } = useDecide({ ...list, result: rows.result, canReview, focus, follow });
  const { approveInto, dialog: merging } = useApproveInto(focus, follow);
  const into = () => active && void approveInto(active.id);
  const edit = () => active && setEditing(active.id);
  const claim = useClaimKeys(focus);
  useQueueKeys({
    canReview,
    canEdit,
    canMerge,
    canMergeEmployers: may("merge_contacts"),
    isOne: count === 0,
    decide,
    into,
    edit,
    same: () => active && claim.same(active.id),
    isNew: () => active && claim.isNew(active.id),
    note: () => setWriting((n) => n + 1),
    undo: undoLast,
    search: () => searchInput.current?.focus(),
    filter: () => setFiltering(true),
    grid: () => list.handle.current,
  });

  if (rows.error) return <ErrorState error={rows.error} onRetry={() => void rows.retry()} />;
  const { total } = rows;
  return (
    <div className={frame.fill}>
      <div className={`${frame.split} ${styles.split}`}>
        <div ref={element} className={listStyle.list}>
          <QueueBar
            question={question}
            total={total}
            likely={likely?.size}
            searchInput={searchInput}
            onLeave={focus}
            filtering={filtering}
            onFiltering={setFiltering}
          >
            <SortMenu sort={question.sort} onSort={question.setSort} />
            <ColumnChooser all={all} shown={list.columns} onChange={list.change} />
          </QueueBar>
          <Grid
            {...list.grid}
            label={t("queue.title")}
            sort={question.sort}
            onSort={question.setSort}
            onOpen={(row) => void navigate({ to: "/contacts/$id", params: { id: row.id }, search: {} })}
            isTwoLines
            rowActionsWidth={ROW_BUTTONS}
            rowActions={(row) => (
              <RowButtons
                canReview={canReview}
                canEdit={canEdit}
                onDecide={(action) => decide(action, row)}
                onEdit={() => setEditing(row.id)}
              />
            )}
            empty={<NobodyWaits question={question} />}
          />
        </div>
        {active && (total ?? 0) > 0 && (
          <PendingPerson
            row={active}
            canEdit={canEdit}
            writing={writing}
            onInto={canMerge ? (pending, other) => void approveInto(pending, other) : undefined}
            onLeave={focus}
          />
        )}
      </div>
      <TriageBar
        count={count}
        total={total}
        isEmpty={(total ?? 0) === 0}
        canReview={canReview}
        canEdit={canEdit}
        canMerge={canMerge}
        onDecide={decide}
        onInto={into}
        onEdit={edit}
        onUndo={undoLast}
        onClear={() => {
          list.deselect();
          focus();
        }}
      />
      {editing && (
        <EditPending
          id={editing}
          canReview={canReview}
          follow={follow}
          onClose={() => {
            setEditing(null);
            focus();
          }}
        />
      )}
      {reviewing}
      {merging}
    </div>
  );
}

type Question = ReturnType<typeof useListQuestion>;

type BarProps = {
  question: Question;
  total: number | undefined;
  /** How many pending contacts may be duplicates. */
  likely: number | undefined;
  searchInput: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
  filtering: boolean;
  onFiltering: (open: boolean) => void;
  children: ReactNode;
};

const isSourceFilter = (condition: Condition) => condition.field === "source" && condition.op === "is";

/** The bar of the queue: the source has a filter of its own, beside the others. */
function QueueBar({ question, total, likely, searchInput, onLeave, filtering, onFiltering, children }: BarProps) {
  const { t } = useTranslation();
  const { search, filter, setFilter } = question;
  const without = (own: (condition: Condition) => boolean) => filter.filter((condition) => !own(condition));
  const others = filter.filter((condition) => !isSourceFilter(condition) && !isLikelyFilter(condition));
  return (
    <ListBar
      search={{
        label: t("queue.search"),
        value: search.q ?? "",
        onChange: question.setText,
        inputRef: searchInput,
      }}
      onLeave={onLeave}
      beside={
        <>
          <SourceFilter
            chosen={filter.find(isSourceFilter)?.values ?? []}
            onChange={(values) =>
              setFilter([
                ...(values.length > 0 ? [{ field: "source", op: "is" as const, values }] : []),
                ...without(isSourceFilter),
              ])
            }
          />
          <LikelyFilter
            count={likely}
            isOn={filter.some(isLikelyFilter)}
            onChange={(isOn) => setFilter([...(isOn ? [ONLY_LIKELY] : []), ...without(isLikelyFilter)])}
          />
        </>
      }
      filtering={{
        kind: "contact",
        filter: others,
        onChange: (next) =>
          setFilter([...filter.filter((condition) => isSourceFilter(condition) || isLikelyFilter(condition)), ...next]),
        labels: { source: t("queue.sourceFilter") },
        isOpen: filtering,
        onOpen: onFiltering,
      }}
      total={total !== undefined && t("queue.left", { count: total })}
      saysTotal={false}
      tools={children}
    />
  );
}

/** In place of rows: nobody fits the question, or nobody waits. */
function NobodyWaits({ question }: { question: Question }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { isFiltered, search, go } = question;
  return isFiltered ? (
    <EmptyState
      icon={Inbox}
      action={<Button onPress={() => go({ sort: search.sort })}>{t("queue.empty.clear")}</Button>}
    >
      {t("queue.empty.filtered")}
    </EmptyState>
  ) : (
    <EmptyState
      icon={Inbox}
      action={<Button onPress={() => void navigate({ to: "/contacts", search: {} })}>{t("queue.empty.go")}</Button>}
    >
      {t("queue.empty.none")}
    </EmptyState>
  );
}
