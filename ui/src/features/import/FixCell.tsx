import { ArrowRight, CircleAlert } from "lucide-react";
import {
  createContext,
  type KeyboardEvent,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Input, TextField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { ImportFilter, ImportRow, PlacedProblem } from "~/ipc";
import type { GridHandle } from "~/kit/grid/Grid.tsx";
import { fieldLabel, valueText } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import { useFields } from "~/session/session.ts";
import { AddMissing } from "./AddMissing.tsx";
import styles from "./CheckStep.module.css";
import { nextBad } from "./nextBad.ts";
import { columnToFix, missingRecord, problemToFix, problemWords } from "./problems.ts";
import { AnswerButtons } from "./Question.tsx";
import type { ShownRow } from "./rowSource.ts";
import { fixCell, useWizard } from "./wizard.ts";

const fixId = (place: number) => `import-fix-${place}`;

/** Puts the keyboard into the bad cell of the row at this place; false where it has none in sight. */
export function focusFix(place: number): boolean {
  const input = document.getElementById(fixId(place));
  if (!(input instanceof HTMLInputElement)) return false;
  input.focus();
  input.select();
  return true;
}

type FixFocus = {
  /** Called after a fix that this cell does not outlive: the keyboard goes on to the next bad cell. */
  afterFix: (place: number, row: ImportRow) => void;
  /** Called by each bad cell as it appears: whether it is the one the keyboard waits for. */
  isAwaited: (place: number) => boolean;
  leave: () => void;
};

/** Where the keyboard goes after a fix: rows are read anew then, and the cell it stood in may be gone. */
export function useFixFocus(
  grid: RefObject<GridHandle | null>,
  session: number,
  outcome: ImportFilter | null,
): FixFocus {
  const awaited = useRef<number | null>(null);
  const afterFix = useCallback(
    async (place: number, row: ImportRow) => {
      // Another cell of the row is still bad.
      if (row.outcome === "failed") {
        awaited.current = place;
        return;
      }
      const next = await nextBad(session, outcome, place, row.index).catch(() => null);
      if (next === null) {
        grid.current?.focus();
        return;
      }
      awaited.current = next;
      const moves = next !== place;
      if (moves && focusFix(next)) awaited.current = null;
      else if (moves) grid.current?.goTo(next);
    },
    [grid, session, outcome],
  );
  const isAwaited = useCallback((place: number) => {
    if (awaited.current !== place) return false;
    awaited.current = null;
    return true;
  }, []);
  const leave = useCallback(() => grid.current?.focus(), [grid]);
  return useMemo(
    () => ({ afterFix: (place, row) => void afterFix(place, row), isAwaited, leave }),
    [afterFix, isAwaited, leave],
  );
}

export const FixFocusContext = createContext<FixFocus & { onFocus: (row: ShownRow) => void; isBusy: boolean }>({
  afterFix: () => {},
  isAwaited: () => false,
  leave: () => {},
  onFocus: () => {},
  isBusy: false,
});

/** What happens to a row, in one line; a bad row with the cell to mend. */
export function WhatHappens({ shown }: { shown: ShownRow }) {
  const { t } = useTranslation();
  const { kind, mapping } = useWizard();
  const { row } = shown;
  if (row.outcome === "failed") {
    const found = problemToFix(row, mapping);
    if (!found) return null;
    const { problem, column } = found;
    return column === null ? (
      <Reason words={problemWords(t, kind, problem, column)} />
    ) : (
      <FixCell key={`${row.index} ${column}`} shown={shown} problem={problem} column={column} />
    );
  }
  if (row.question && row.outcome === row.question.about) {
    const words = row.problems.map((problem) => problemWords(t, kind, problem, null)).join(" ");
    return (
      <span className={styles.asked}>
        <span className={styles.askedWords} title={words}>
          {words}
        </span>
        <AnswerButtons row={row} />
      </span>
    );
  }
  const leftOut = row.left_out.find((problem) => columnToFix(problem, mapping) !== null);
  if (leftOut) {
    const column = columnToFix(leftOut, mapping) ?? 0;
    return <FixCell key={`${row.index} ${column}`} shown={shown} problem={leftOut} column={column} isLeftOut />;
  }
  if (row.outcome !== "created" && row.outcome !== "updated") {
    const words = row.problems.map((problem) => problemWords(t, kind, problem, null)).join(" ");
    return (
      <span className={styles.quiet} title={words}>
        {words}
      </span>
    );
  }
  return <Changes row={row} />;
}

function Reason({ words }: { words: string }) {
  return (
    <span className={styles.reason} title={words}>
      <CircleAlert size={14} strokeWidth={2} aria-hidden />
      <span>{words}</span>
    </span>
  );
}

/** What the row's name and address say already, and what every new contact has. */
const SAID = ["first_name", "last_name", "email", "source", "approval", "visibility", "owner", "created_at"];

function Changes({ row }: { row: ImportRow }) {
  const { t } = useTranslation();
  const { kind } = useWizard();
  const fields = useFields(kind);
  const isSaid = ({ field, after }: ImportRow["changes"][number]) =>
    kind === "contact" ? SAID.includes(field) : row.name !== "" && after.value === row.name;
  const changes = row.outcome === "created" ? row.changes.filter((change) => !isSaid(change)) : row.changes;
  const words = (field: string, cell: (typeof changes)[number]["after"]) =>
    valueText(
      fields.find((each) => each.key === field),
      cell.value,
      cell.text,
    ) ?? t("common.empty");
  if (row.outcome === "created") {
    const line = changes.map(({ field, after }) => words(field, after)).join(" · ");
    return (
      <span className={styles.quiet} title={line}>
        {line}
      </span>
    );
  }
  const first = changes[0];
  if (!first) return null;
  return (
    <span className={`${rowStyle.icon} ${styles.change}`}>
      <span className={styles.changeField}>{fieldLabel(kind, first.field, fields)}</span>
      <span className={styles.before}>
        <span className="visually-hidden">{t("record.fields.from")} </span>
        {words(first.field, first.before)}
      </span>
      <ArrowRight size={12} aria-hidden />
      <span className={styles.after}>
        <span className="visually-hidden">{t("record.fields.to")} </span>
        {words(first.field, first.after)}
      </span>
      {changes.length > 1 && (
        <span className={styles.more}>{t("import.check.more", { count: changes.length - 1 })}</span>
      )}
    </span>
  );
}

/** The bad cell of a row. Enter mends it and has the row decided again. */
function FixCell({
  shown,
  problem,
  column,
  isLeftOut = false,
}: {
  shown: ShownRow;
  problem: PlacedProblem;
  column: number;
  /** The row is imported without this value. */
  isLeftOut?: boolean;
}) {
  const { t } = useTranslation();
  const { afterFix, isAwaited, leave, onFocus, isBusy } = use(FixFocusContext);
  const { kind, mapping } = useWizard();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(shown.row.cells[column] ?? "");
  const [checking, setChecking] = useState(false);
  const reason = problemWords(t, kind, problem, column);
  const words = isLeftOut ? t("import.check.without", { problem: reason }) : reason;
  const missing = missingRecord(problem, useFields(kind));

  const fix = async () => {
    if (checking) return;
    setChecking(true);
    const row = await fixCell(shown.row.index, column, text);
    setChecking(false);
    if (!row) return;
    const isStillBad = row.outcome === "failed" && problemToFix(row, mapping)?.column === column;
    const isStillLeftOut = row.left_out.some((each) => columnToFix(each, mapping) === column);
    if (isStillBad || isStillLeftOut) input.current?.select();
    else if (isLeftOut) leave();
    else afterFix(shown.place, row);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a cell that newly appears can be the one awaited.
  useEffect(() => {
    if (!isAwaited(shown.place)) return;
    input.current?.focus();
    input.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) void fix();
    else if (event.key === "ArrowDown") focusFix(shown.place + 1);
    else if (event.key === "ArrowUp") focusFix(shown.place - 1);
    else if (event.key === "Escape") {
      setText(shown.row.cells[column] ?? "");
      leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // A click into the cell is not a click on the row: the grid would take the focus.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
    <span className={styles.fix} data-tone={isLeftOut ? "waits" : "bad"} onClick={(event) => event.stopPropagation()}>
      <TextField
        className={styles.fixField ?? ""}
        aria-label={t("import.check.fix", {
          field: fieldLabel(kind, problem.field ?? mapping[column] ?? "email"),
          line: shown.row.row,
        })}
        value={text}
        onChange={setText}
        isDisabled={isBusy}
        isInvalid={!isLeftOut}
      >
        <Input
          id={fixId(shown.place)}
          className={styles.fixInput ?? ""}
          aria-describedby={`${fixId(shown.place)}-why`}
          ref={input}
          autoComplete="off"
          spellCheck="false"
          onFocus={() => onFocus(shown)}
          onKeyDown={onKeyDown}
        />
      </TextField>
      <span id={`${fixId(shown.place)}-why`} className={styles.reason} title={words}>
        <CircleAlert size={14} strokeWidth={2} aria-hidden />
        <span>{words}</span>
      </span>
      {missing && shown.row.cells[column] === text && text.trim() !== "" && (
        <AddMissing
          kind={missing}
          name={text.trim()}
          onAdded={() => afterFix(shown.place, { ...shown.row, outcome: "created" })}
        />
      )}
    </span>
  );
}
