import { useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { Check, Inbox, Pencil, X } from "lucide-react";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, Id, Selection, SortKey } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState } from "~/kit/components/States.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useColumns } from "~/kit/grid/columns.ts";
import { Grid, type GridHandle } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import { type GridSelection, NOTHING, selectedCount, toSelection } from "~/kit/grid/selection.ts";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { AddFilter, FilterChips } from "~/records/filters/FilterBar.tsx";
import { ColumnChooser } from "~/records/list/ColumnChooser.tsx";
import list from "~/records/list/List.module.css";
import { ListSearchField } from "~/records/list/ListSearchField.tsx";
import { listColumns } from "~/records/list/listColumns.tsx";
import { useContact } from "~/records/profiles.ts";
import type { ListSearch } from "~/records/query/listSearch.ts";
import { type ListRow, useResultSet } from "~/records/query/useResultSet.ts";
import { useFields, useMay } from "~/session/session.ts";
import { useUndoLast } from "~/session/undo.ts";
import { useMerge } from "../merge/useMerge.tsx";
import { useReview } from "../review/useReview.tsx";
import type { ReviewKind } from "../review/words.ts";
import { likenessesQuery } from "./Likenesses.tsx";
import { PendingPerson } from "./PendingPerson.tsx";
import styles from "./Queue.module.css";
import { SourceFilter } from "./SourceFilter.tsx";
import { TriageBar } from "./TriageBar.tsx";

const EditRecord = lazy(() => import("~/records/forms/EditRecord.tsx"));

const SHOWN = ["name", "source", "employer", "created_at", "email"];
// Who has waited longest comes first.
const BY_WAITING: SortKey[] = [{ field: "created_at", descending: false }];
const NO_FILTER: Condition[] = [];
const PENDING: Condition = { field: "approval", op: "is", values: ["pending"] };

/** Notifications › Contacts: who waits to be let into the directory (M1 to M10). */
export function Queue() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/notifications/contacts" });
  const historyKey = useLocation({ select: (location) => location.state.__TSR_key });
  const may = useMay();
  const fields = useFields("contact");
  const all = useMemo(() => listColumns("contact", fields, { name: 184, source: 164, employer: 150 }), [fields]);
  const { columns, change } = useColumns("queue", all, SHOWN);
  const [selection, setSelection] = useState<GridSelection>(NOTHING);
  const [active, setActive] = useState<ListRow | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [writing, setWriting] = useState(0);
  const [filtering, setFiltering] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const grid = useRef<GridHandle>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const review = useReview();
  const undoLast = useUndoLast();
  const merge = useMerge();
  const queries = useQueryClient();
  // Rows already decided stay on the screen until the list comes anew. A key pressed meanwhile is meant for the next
  // person: it waits until the keyboard stands on a row of the new list. (Rows of a new list are new objects.)
  const decided = useRef(new WeakSet<ListRow>());
  const waiting = useRef<ReviewKind[]>([]);

  const filter = search.filter ?? NO_FILTER;
  const sort = search.sort ?? BY_WAITING;
  const query = useMemo(
    () => ({ kind: "contact" as const, search: search.q ?? "", filter: [PENDING, ...filter], sort }),
    [search.q, filter, sort],
  );
  const asked = useMemo(() => columns.filter((column) => column.key !== "name").map((column) => column.key), [columns]);
  const { source, isWaiting, result, total, error: openError, retry } = useResultSet(query, asked);

  const question = JSON.stringify([search.q, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another selection.
  useEffect(() => setSelection(NOTHING), [question]);

  const go = (next: ListSearch, replace = false) =>
    void navigate({ to: "/notifications/contacts", search: next, replace });
  const setFilter = (next: Condition[]) => go({ ...search, filter: next.length > 0 ? next : undefined });
  const focusGrid = () => window.setTimeout(() => grid.current?.focus(), 0);
  const isSourceFilter = (condition: Condition) => condition.field === "source" && condition.op === "is";
  const others = filter.filter((condition) => !isSourceFilter(condition));
  const setOthers = (next: Condition[]) => setFilter([...filter.filter(isSourceFilter), ...next]);
  const labels = { source: t("queue.sourceFilter") };
  const sources = filter.find(isSourceFilter)?.values ?? [];

  const count = selectedCount(selection, total ?? 0);
  const canReview = may("review_contacts");
  const done = (chosen: Selection) => {
    // What was decided is no longer in the list, so it can't stay selected.
    if (chosen.by === "result" || count > 0) setSelection(NOTHING);
    focusGrid();
  };
  /** On the selection if there is one, else on the row the keyboard stands on. */
  const decide = (action: ReviewKind, row: ListRow | null = null) => {
    const bulk = row === null && count > 0;
    const target = row ?? active;
    if (!canReview || (!bulk && !target) || (bulk && result === undefined)) return;
    if (!bulk && target && decided.current.has(target)) {
      if (row === null) waiting.current.push(action);
      return;
    }
    const chosen: Selection =
      bulk && result !== undefined ? toSelection(selection, result) : { by: "ids", ids: target ? [target.id] : [] };
    const one = !bulk || count === 1;
    const name = bulk
      ? one && active && !selection.all && selection.ids.has(active.id)
        ? active.name
        : null
      : (target?.name ?? null);
    const request = {
      action,
      origin: "queue" as const,
      selection: chosen,
      count: bulk ? count : 1,
      name,
      onDone: () => done(chosen),
      onFailed: () => target && decided.current.delete(target),
    };
    if (!bulk && target && (action === "approve" || action === "reject")) {
      decided.current.add(target);
      review.act(request);
    } else review.ask(request);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another row makes a waiting key due.
  useEffect(() => {
    if (!active) waiting.current = [];
    else if (!decided.current.has(active)) {
      const action = waiting.current.shift();
      if (action) decide(action);
    }
  }, [active]);

  const canMerge = canReview && may("merge_contacts");
  /** Into the contact the person already is: the likeliest one in the directory, or one that the dialog asks for. */
  const approveInto = async (pending: Id, into?: Id) => {
    try {
      const likely = into === undefined ? await queries.fetchQuery(likenessesQuery(pending)) : [];
      const target = into ?? likely.find(({ person }) => person.approval === "approved")?.person.id;
      merge.ask({
        kind: "contact",
        ids: target === undefined ? [pending] : [target, pending],
        into: pending,
        onDone: focusGrid,
        onClose: focusGrid,
      });
    } catch (thrown) {
      toastError(thrown);
    }
  };

  useHotkeys(t("review.group"), [
    { keys: "a", label: t("review.approve"), run: () => decide("approve"), enabled: canReview },
    {
      keys: "Shift+A",
      label: t("review.approve_and_assign"),
      run: () => decide("approve_and_assign"),
      enabled: canReview,
    },
    { keys: "r", label: t("review.reject"), run: () => decide("reject"), enabled: canReview },
    {
      keys: "Shift+R",
      label: t("review.reject_and_revoke"),
      run: () => decide("reject_and_revoke"),
      enabled: canReview,
    },
    { keys: "m", label: t("queue.into"), run: () => active && void approveInto(active.id), enabled: canMerge },
    { keys: "e", label: t("queue.edit"), run: () => active && setEditing(active.id), enabled: may("edit_contacts") },
    {
      keys: "n",
      label: t("profile.addNote"),
      run: () => setWriting((n) => n + 1),
      enabled: may("edit_contacts"),
    },
    { keys: "u", label: t("queue.undo"), run: undoLast },
    { keys: "j", label: t("queue.next"), run: () => grid.current?.move(1) },
    { keys: "k", label: t("queue.previous"), run: () => grid.current?.move(-1) },
    { keys: "x", label: t("queue.select"), run: () => grid.current?.toggle() },
    { keys: "/", label: t("queue.search"), run: () => searchInput.current?.focus() },
    { keys: "f", label: t("record.list.filterKey"), run: () => setFiltering(true) },
  ]);
  useHotkeys(t("grid.keys.group"), gridKeys(t, { letters: false }));

  if (openError) return <ErrorState error={openError} onRetry={() => void retry()} />;
  if (error) return <ErrorState error={error} onRetry={() => setError(null)} />;
  const isFiltered = search.q !== undefined || filter.length > 0;
  return (
    <div className={frame.fill}>
      <div className={`${frame.split} ${styles.split}`}>
        <div className={list.list}>
          <div className={`${frame.bar} ${list.bar}`}>
            <ListSearchField
              label={t("queue.search")}
              value={search.q ?? ""}
              onChange={(q) => go({ ...search, q: q === "" ? undefined : q }, search.q !== undefined && q !== "")}
              inputRef={searchInput}
              onLeave={focusGrid}
            />
            <SourceFilter
              chosen={sources}
              onChange={(values) =>
                setFilter(values.length > 0 ? [{ field: "source", op: "is", values }, ...others] : others)
              }
            />
            <AddFilter
              kind="contact"
              filter={others}
              onChange={setOthers}
              labels={labels}
              isOpen={filtering}
              onOpen={setFiltering}
            />
            {others.length > 0 && (
              <div className={list.filters}>
                <FilterChips kind="contact" filter={others} onChange={setOthers} labels={labels} />
              </div>
            )}
            <span className={list.space} />
            <span className={text.total} role="status">
              {total !== undefined && t("queue.left", { count: total })}
            </span>
            <ColumnChooser all={all} shown={columns} onChange={change} />
          </div>
          <Grid
            ref={grid}
            label={t("queue.title")}
            source={source}
            isWaiting={isWaiting}
            columns={columns}
            onColumnChange={change}
            sort={sort}
            onSort={(next) => go({ ...search, sort: next })}
            selection={selection}
            onSelection={setSelection}
            onActive={setActive}
            onOpen={(row) => void navigate({ to: "/contacts/$id", params: { id: row.id }, search: {} })}
            onError={toastError}
            memoryKey={historyKey}
            autoFocus
            rowActionsWidth={100}
            rowActions={(row) => (
              <>
                {canReview && (
                  <IconButton
                    excludeFromTabOrder
                    label={t("review.approve")}
                    icon={Check}
                    size="small"
                    tone="good"
                    hotkey="a"
                    onPress={() => decide("approve", row)}
                  />
                )}
                {canReview && (
                  <IconButton
                    excludeFromTabOrder
                    label={t("review.reject")}
                    icon={X}
                    size="small"
                    tone="bad"
                    hotkey="r"
                    onPress={() => decide("reject", row)}
                  />
                )}
                {may("edit_contacts") && (
                  <IconButton
                    excludeFromTabOrder
                    label={t("queue.edit")}
                    icon={Pencil}
                    size="small"
                    hotkey="e"
                    onPress={() => setEditing(row.id)}
                  />
                )}
              </>
            )}
            empty={
              isFiltered ? (
                <EmptyState
                  icon={Inbox}
                  action={<Button onPress={() => go({ sort: search.sort })}>{t("queue.empty.clear")}</Button>}
                >
                  {t("queue.empty.filtered")}
                </EmptyState>
              ) : (
                <EmptyState
                  icon={Inbox}
                  action={
                    <Button onPress={() => void navigate({ to: "/contacts", search: {} })}>
                      {t("queue.empty.go")}
                    </Button>
                  }
                >
                  {t("queue.empty.none")}
                </EmptyState>
              )
            }
          />
        </div>
        {active && (total ?? 0) > 0 && (
          <PendingPerson
            row={active}
            canEdit={may("edit_contacts")}
            writing={writing}
            onInto={canMerge ? (pending, into) => void approveInto(pending, into) : undefined}
            onLeave={focusGrid}
          />
        )}
      </div>
      <TriageBar
        count={count}
        isEmpty={(total ?? 0) === 0}
        canReview={canReview}
        canEdit={may("edit_contacts")}
        canMerge={canMerge}
        onDecide={decide}
        onInto={() => active && void approveInto(active.id)}
        onEdit={() => active && setEditing(active.id)}
        onUndo={undoLast}
        onClear={() => {
          setSelection(NOTHING);
          focusGrid();
        }}
      />
      {editing && (
        <EditById
          id={editing}
          onClose={() => {
            setEditing(null);
            focusGrid();
          }}
        />
      )}
      {review.dialog}
      {merge.dialog}
    </div>
  );
}

function EditById({ id, onClose }: { id: string; onClose: () => void }) {
  const contact = useContact(id);
  return <Suspense>{contact.data && <EditRecord kind="contact" record={contact.data} onClose={onClose} />}</Suspense>;
}
