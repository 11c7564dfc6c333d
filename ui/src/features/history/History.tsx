import { useNavigate, useSearch } from "@tanstack/react-router";
import { CircleAlert, History as HistoryIcon, RotateCcw } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import {
  Collection,
  GridList,
  GridListHeader,
  GridListItem,
  GridListLoadMoreItem,
  GridListSection,
  Virtualizer,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Id, OperationRow } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { byDay, dayLabel, timeOfDay } from "~/kit/i18n/days.ts";
import frame from "~/kit/layout/Frame.module.css";
import mark from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { PlaceTabs } from "../trash/PlaceTabs.tsx";
import { DayLayout } from "./dayLayout.ts";
import { emphasised, plain } from "./emphasis.tsx";
import styles from "./History.module.css";
import { HistoryFilter } from "./HistoryFilter.tsx";
import { iconOf } from "./icons.ts";
import { useHistory } from "./queries.ts";
import { StepPanel } from "./StepPanel.tsx";
import type { HistorySearch } from "./search.ts";
import { canUndo, isUndo, operationSentence, whenAndWhere } from "./sentence.ts";
import { UndoDialog } from "./UndoDialog.tsx";

const LAYOUT = { estimatedRowHeight: 46, headingHeight: 34, loaderHeight: 44 };

/** Everything that was done, in sentences, by day. */
export function History() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/history" });
  const may = useMay();
  const history = useHistory(search);
  const [undoing, setUndoing] = useState<OperationRow | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => history.data?.pages.flatMap((page) => page.rows) ?? [], [history.data]);
  const days = useMemo(() => byDay(rows), [rows]);
  const shownBy = [search.step, may("undo")];
  const total = history.data?.pages[0]?.total;
  const go = (next: HistorySearch, replace = true) => void navigate({ to: "/history", search: next, replace });
  const open = (step: Id | undefined) => go({ ...search, step });
  const isFiltered = [search.q, search.person, search.kind, search.day].some((part) => part !== undefined);
  const shown = rows.find((row) => row.id === search.step);

  /** The step the keyboard is on, or the one that is open. */
  const current = () => {
    const focused = document.activeElement?.closest<HTMLElement>("[role=row][data-key]")?.dataset.key;
    return rows.find((row) => row.id === (focused ?? search.step));
  };
  const undoCurrent = () => {
    const row = current();
    if (row && canUndo(row)) setUndoing(row);
  };
  const close = () => {
    const step = search.step;
    open(undefined);
    window.setTimeout(() => {
      const at = list.current?.querySelector<HTMLElement>(`[role=row][data-key="${step}"]`);
      (at ?? list.current)?.focus();
    }, 0);
  };

  useHotkeys(t("history.keys.group"), [
    { keys: "ArrowDown", label: t("history.keys.move") },
    { keys: "ArrowUp", label: t("history.keys.move") },
    { keys: "Enter", label: t("history.keys.open") },
    { keys: "/", label: t("history.keys.search"), run: () => searchField.current?.focus() },
    { keys: "u", label: t("history.keys.undo"), run: undoCurrent, enabled: may("undo") },
    { keys: "Escape", label: t("history.keys.close"), run: () => (search.step ? close() : window.history.back()) },
  ]);

  if (history.error) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const now = Date.now();
  return (
    <div className={frame.split}>
      <div className={styles.main}>
        <PlaceTabs />
        <div className={`${frame.bar} ${styles.bar}`}>
          <HistoryFilter
            search={search}
            onChange={(next) => go(next)}
            inputRef={searchField}
            onLeave={() => list.current?.focus()}
          />
          <span className={`${text.total} ${styles.total}`} role="status">
            {total !== undefined && t("history.total", { count: total })}
          </span>
        </div>
        {history.data && rows.length === 0 ? (
          <EmptyState
            icon={HistoryIcon}
            action={
              isFiltered && (
                <Button
                  onPress={() => {
                    go({ step: search.step });
                    searchField.current?.focus();
                  }}
                >
                  {t("history.clear")}
                </Button>
              )
            }
          >
            {t("history.empty")}
          </EmptyState>
        ) : !history.data ? (
          <div className={styles.waiting}>
            <Skeleton lines={10} />
          </div>
        ) : (
          <Virtualizer layout={DayLayout} layoutOptions={LAYOUT}>
            <GridList
              ref={list}
              className={styles.list ?? ""}
              aria-label={t("history.list")}
              disallowTypeAhead
              onAction={(key) => open(String(key))}
            >
              <Collection items={days} dependencies={shownBy}>
                {({ day, rows: steps }) => (
                  <GridListSection id={day}>
                    <GridListHeader className={styles.dayName}>{dayLabel(day, now)}</GridListHeader>
                    <Collection items={steps} dependencies={shownBy}>
                      {(row) => (
                        <Step
                          row={row}
                          isOpen={row.id === search.step}
                          onUndo={may("undo") && canUndo(row) ? () => setUndoing(row) : undefined}
                        />
                      )}
                    </Collection>
                  </GridListSection>
                )}
              </Collection>
              {history.hasNextPage && (
                <GridListLoadMoreItem
                  className={styles.more}
                  isLoading={history.isFetchingNextPage}
                  onLoadMore={() => void history.fetchNextPage()}
                >
                  {t("history.loadingOlder")}
                </GridListLoadMoreItem>
              )}
            </GridList>
          </Virtualizer>
        )}
      </div>
      {search.step && (
        <StepPanel
          key={search.step}
          step={search.step}
          row={shown}
          onUndo={may("undo") ? setUndoing : undefined}
          onOpen={open}
          onClose={close}
        />
      )}
      {undoing && (
        <UndoDialog
          operation={undoing.id}
          row={undoing}
          onClose={() => setUndoing(null)}
          onDone={() => {
            setUndoing(null);
            list.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function Step({ row, isOpen, onUndo }: { row: OperationRow; isOpen: boolean; onUndo: (() => void) | undefined }) {
  const { t } = useTranslation();
  const Icon = iconOf(row.kind);
  const sentence = operationSentence(t, row);
  return (
    <GridListItem
      id={row.id}
      textValue={plain(sentence)}
      className={styles.step ?? ""}
      data-open={isOpen || undefined}
      data-undone={row.undone || row.refused || undefined}
    >
      <span className={`${mark.disc} ${styles.icon}`}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <span className={stack.words}>
        <span className={styles.sentence}>{emphasised(sentence)}</span>
        <span className={styles.meta}>{whenAndWhere(t, timeOfDay(row.at), row.device)}</span>
      </span>
      {row.refused && (
        <Chip icon={CircleAlert} tone="bad">
          {t("sync.refused.mark")}
        </Chip>
      )}
      {row.undone && (
        <Chip icon={RotateCcw} tone="faint">
          {t("history.undone")}
        </Chip>
      )}
      {onUndo && (
        <span className={styles.act}>
          <IconButton
            label={t(isUndo(row) ? "history.undo.redoStep" : "history.undo.undoStep")}
            icon={RotateCcw}
            size="small"
            hotkey="u"
            onPress={onUndo}
          />
        </span>
      )}
    </GridListItem>
  );
}
