import { CopyCheck, Search } from "lucide-react";
import { type ReactNode, type Ref, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commandError, commands, type DuplicateCase, type DuplicatePerson, progressChannel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { KeyAct, KeyBar, KeyHint } from "~/kit/components/KeyBar.tsx";
import { Keys } from "~/kit/components/Keys.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { listed, relativeTime } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce, useUndoLast } from "~/session/undo.ts";
import { useMerge } from "../merge/useMerge.tsx";
import { CaseView } from "./CaseView.tsx";
import styles from "./Duplicates.module.css";
import { usePile } from "./queries.ts";
import { percent } from "./reasons.ts";

/** This page: `u` undoes what was done here. */
const PAGE = "/duplicates";

const keyOf = (one: DuplicateCase) =>
  one.people
    .map((person) => person.id)
    .sort()
    .join(" ");

const namesOf = (people: DuplicatePerson[]) => listed(people.map((person) => person.name));

/** Who is in the directory stays, and of those who came first. */
function byWhoStays(a: DuplicatePerson, b: DuplicatePerson): number {
  const inDirectory = (person: DuplicatePerson) => Number(person.approval === "approved");
  return inDirectory(b) - inDirectory(a) || (a.created_at ?? 0) - (b.created_at ?? 0);
}

/** Likely duplicates, decided one case after the other by keyboard (M18). */
export function Duplicates() {
  const { t } = useTranslation();
  const may = useMay();
  const announce = useAnnounce();
  const undoLast = useUndoLast({ page: PAGE, nothing: t("duplicates.undoNothing") });
  const merge = useMerge();
  const pile = usePile();
  const list = useRef<HTMLUListElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const first = pile.data?.pages[0];
  const cases = pile.data?.pages.flatMap((page) => page.cases) ?? [];
  const at = cases.findIndex((one) => keyOf(one) === active);
  const shown = cases[at];
  const mayMerge = may("merge_contacts");
  // The place in the pile: when a case is decided, the next one moves up to it.
  const place = useRef(0);
  if (at >= 0) place.current = at;
  const count = cases.length;
  useEffect(() => {
    if (at < 0 && count > 0) {
      const next = cases[Math.min(place.current, count - 1)];
      setActive(next ? keyOf(next) : null);
    }
    // The next page is read before somebody comes to the end of this one.
    if (pile.hasNextPage && !pile.isFetchingNextPage && at >= count - 10) void pile.fetchNextPage();
  });
  const focusList = () =>
    window.setTimeout(() => list.current?.querySelector<HTMLElement>("[role=option]")?.focus(), 0);
  const move = (by: number) => {
    const next = cases[Math.max(0, Math.min(count - 1, at + by))];
    if (!next) return;
    setActive(keyOf(next));
    focusList();
  };

  const find = async () => {
    try {
      await runTask(
        t("duplicates.finding"),
        (onProgress) => call(commands.duplicatesFind(progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
    } catch (error) {
      if (commandError(error).code !== "cancelled") toastError(error);
    }
  };
  const askMerge = () => {
    if (!shown) return;
    const ids = [...shown.people].sort(byWhoStays).map((person) => person.id);
    merge.ask({ kind: "contact", ids, onDone: focusList, onClose: focusList });
  };
  const keepApart = async () => {
    if (!shown) return;
    try {
      const done = await call(commands.contactsKeepApart(shown.people.map((person) => person.id)));
      focusList();
      const names = namesOf(shown.people);
      announce(done.operation, t("duplicates.apart", { names }), t("duplicates.apartUndone", { names }));
    } catch (error) {
      toastError(error);
    }
  };
  const canDecide = mayMerge && shown !== undefined;
  useHotkeys(t("duplicates.title"), [
    { keys: "m", label: t("duplicates.act.merge"), run: askMerge, enabled: canDecide },
    { keys: "n", label: t("duplicates.act.apart"), run: () => void keepApart(), enabled: canDecide },
    { keys: "j", label: t("duplicates.act.next"), run: () => move(1), enabled: count > 0 },
    { keys: "k", label: t("duplicates.act.previous"), run: () => move(-1), enabled: count > 0 },
    { keys: "u", label: t("duplicates.act.undo"), run: undoLast },
  ]);

  if (pile.error) return <ErrorState error={pile.error} onRetry={() => void pile.refetch()} />;
  if (!first)
    return (
      <div className={styles.waiting}>
        <Skeleton lines={6} />
      </div>
    );
  const act = (keys: string, label: ReactNode, run: () => void, enabled: boolean) => (
    <KeyAct keys={keys} onPress={run} isDisabled={!enabled}>
      {label}
    </KeyAct>
  );
  return (
    <div className={frame.fill}>
      {first.found_at !== null && (
        <div className={`${frame.bar} ${styles.head}`}>
          <span className={styles.left} role="status">
            {t("duplicates.left", { count: first.total })}
          </span>
          <span className={styles.found}>
            {t("duplicates.found", { count: first.compared, when: relativeTime(first.found_at) })}
            {first.changed > 0 && ` · ${t("duplicates.changed", { count: first.changed })}`}
          </span>
          <span className={styles.spacer} />
          <Button icon={Search} isDisabled={first.finding} onPress={() => void find()}>
            {t("duplicates.findAgain")}
          </Button>
        </div>
      )}
      {first.found_at === null ? (
        <EmptyState
          icon={CopyCheck}
          action={
            <Button variant="primary" icon={Search} isDisabled={first.finding} onPress={() => void find()}>
              {first.finding ? t("duplicates.finding") : t("duplicates.find")}
            </Button>
          }
        >
          {t("duplicates.empty.never")}
        </EmptyState>
      ) : count === 0 ? (
        <EmptyState icon={CopyCheck}>{t("duplicates.empty.none")}</EmptyState>
      ) : (
        <>
          <div className={`${frame.split} ${styles.split}`}>
            <Pile cases={cases} active={active} onActive={setActive} onMove={move} listRef={list} />
            {shown && <CaseView key={active} shown={shown} />}
          </div>
          <KeyBar label={t("duplicates.bar")}>
            {act("m", t("duplicates.act.merge"), askMerge, canDecide)}
            {act("n", t("duplicates.act.apart"), () => void keepApart(), canDecide)}
            {act("u", t("duplicates.act.undo"), undoLast, true)}
            <KeyHint>
              <Keys keys="j" /> <Keys keys="k" /> {t("queue.nextPrevious")}
            </KeyHint>
          </KeyBar>
        </>
      )}
      {merge.dialog}
    </div>
  );
}

type PileProps = {
  cases: DuplicateCase[];
  active: string | null;
  onActive: (key: string) => void;
  onMove: (by: number) => void;
  listRef: Ref<HTMLUListElement>;
};

/** The cases, one button each. No list box: that would take letters for the beginning of a name. */
function Pile({ cases, active, onActive, onMove, listRef }: PileProps) {
  const { t } = useTranslation();
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
  return (
    <ul
      ref={listRef}
      className={styles.pile}
      aria-label={t("duplicates.pile")}
      onKeyDown={(event) => {
        const by = steps[event.key];
        if (by === undefined) return;
        event.preventDefault();
        onMove(by);
      }}
    >
      {cases.map((one) => {
        const key = keyOf(one);
        const names = namesOf(one.people);
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.entry}
              aria-current={key === active || undefined}
              tabIndex={key === active ? 0 : -1}
              onClick={() => onActive(key)}
            >
              <span className={text.clipRest} title={names}>
                {names}
              </span>
              <span className={styles.percent}>{percent(one.score)}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
