import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleCheck, FileDown, ListFilter } from "lucide-react";
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  call,
  commands,
  type DryRun,
  type ImportFilter,
  type ImportOpened,
  type ImportRow,
  type RecordKind,
  type SortKey,
} from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Segments } from "~/kit/components/Segments.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import type { GridColumn } from "~/kit/grid/columns.ts";
import { Grid } from "~/kit/grid/Grid.tsx";
import { gridKeys } from "~/kit/grid/keys.ts";
import { count, countOf } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { useList } from "~/records/list/useList.ts";
import { useInvitationSettings } from "../invitations/queries.ts";
import styles from "./CheckStep.module.css";
import { FixFocusContext, focusFix, useFixFocus, WhatHappens } from "./FixCell.tsx";
import { LEFT_OUT_LOOK, OUTCOME_LOOKS, OutcomeChip } from "./Outcome.tsx";
import { AnswerAll, AnsweredAll, ASKED } from "./Question.tsx";
import { RowPane } from "./RowPane.tsx";
import { type ShownRow, useRowSource } from "./rowSource.ts";
import { StepFoot } from "./StepFoot.tsx";
import { setWelcome, useWizard } from "./wizard.ts";
import { countedBy, FILTERS, willDo, withProblems } from "./words.ts";

const NO_SORT: SortKey[] = [];
const SHOWN = ["line", "outcome", "person", "what"];
const ALL = "all";
/** Shown also where there are no such rows: what one asks first. */
const ALWAYS: ImportFilter[] = ["created", "updated", "failed"];

type Props = {
  opened: ImportOpened;
  counts: DryRun;
  outcome: ImportFilter | null;
  onOutcome: (outcome: ImportFilter | null) => void;
  onBack: () => void;
  onNext: () => void;
};

/** Third step: what becomes of every row, before anything is written. Bad rows are mended in place. */
export function CheckStep({ opened, counts, outcome, onOutcome, onBack, onNext }: Props) {
  const { t } = useTranslation();
  const { target, revision, work } = useWizard();
  const [frameRef, width] = useMeasuredWidth();
  const list = useList({
    name: "import-rows",
    all: useRowColumns(opened.kind, width, outcome === null),
    shown: SHOWN,
    useRows: () => ({ source: useRowSource(opened.session, outcome, counts, revision), total: undefined }),
    selects: false,
    remembers: false,
  });
  const { active, setActive } = list;
  const shownRow = useRow(opened.session, active?.row ?? null, revision);
  const focus = useFixFocus(list.handle, opened.session, outcome);
  // Among rows of one outcome its column says nothing.
  const columns = useMemo(
    () => list.columns.filter(({ key }) => key !== "outcome" || outcome === null),
    [list.columns, outcome],
  );
  const willImport = counts.created + counts.updated;
  const asked = ASKED.find((each) => each === outcome);

  const follow = useCallback((row: ShownRow) => setActive(row), [setActive]);
  const context = useMemo(() => ({ ...focus, onFocus: follow, isBusy: work !== null }), [focus, follow, work]);

  useHotkeys(t("grid.keys.group"), [
    ...gridKeys(t, { select: false }).filter(({ keys }) => keys !== "Enter" && keys !== "Escape"),
    { keys: "Enter", label: t("import.keys.fix") },
  ]);

  return (
    <>
      <div className={styles.top}>
        <p className={styles.will}>{willDo(t, opened.kind, counts, target).join(" ")}</p>
        <div className={styles.bar}>
          <OutcomeFilter counts={counts} outcome={outcome} onOutcome={onOutcome} />
          {asked && <AnswerAll about={asked} counts={counts} />}
          {withProblems(counts) > 0 && <SaveErrors session={opened.session} />}
        </div>
        <AnsweredAll />
      </div>
      <div className={frame.split}>
        <div ref={frameRef} className={styles.list}>
          <FixFocusContext value={context}>
            <Grid
              {...list.grid}
              label={t("import.check.rows", { file: opened.file })}
              columns={columns}
              sort={NO_SORT}
              onSort={() => {}}
              onOpen={(row) => focusFix(row.place)}
              onEscape={onBack}
              empty={
                <EmptyState
                  icon={outcome === "failed" ? CircleCheck : ListFilter}
                  action={<Button onPress={() => onOutcome(null)}>{t("import.check.showAll")}</Button>}
                >
                  {t(outcome === "failed" ? "import.check.allFixed" : "import.check.none")}
                </EmptyState>
              }
            />
          </FixFocusContext>
        </div>
        <RowPane row={shownRow} columns={opened.columns} />
      </div>
      <StepFoot
        onBack={onBack}
        onNext={onNext}
        next={t("import.check.import", { what: countOf(opened.kind, willImport) })}
        isDisabled={willImport === 0}
      >
        {opened.kind === "student" && counts.created > 0 && <WelcomeChoice created={counts.created} />}
      </StepFoot>
    </>
  );
}

/** A row as it is now: an answer or a fix elsewhere may have changed it, and it may have left the list. */
function useRow(session: number, row: ImportRow | null, revision: number): ImportRow | null {
  const { fixed } = useWizard();
  const { data } = useQuery({
    queryKey: ["import-row", session, row?.index, revision],
    queryFn: async () => {
      // Without a filter every row is in the list, at its own place.
      const { rows } = await call(commands.importRows(session, null, row?.index ?? 0, 1));
      return rows[0] ?? null;
    },
    enabled: row !== null,
    placeholderData: keepPreviousData,
  });
  if (row === null) return null;
  return data?.index === row.index ? data : (fixed.get(row.index) ?? row);
}

/** Whether new users get the welcome message (M35). */
function WelcomeChoice({ created }: { created: number }) {
  const { t } = useTranslation();
  const { welcome } = useWizard();
  const settings = useInvitationSettings();
  if (!settings.data) return null;
  if (settings.data.portal === "") return t("invitations.import.noPortal");
  return (
    <Checkbox isSelected={welcome} onChange={setWelcome}>
      {t("invitations.import.welcome", { count: created })}
    </Checkbox>
  );
}

const LINE = 64;
const OUTCOME = 160;

/** The columns fill the width there is; who drags one decides for it. */
function useRowColumns(kind: RecordKind, width: number, withOutcome: boolean): GridColumn<ShownRow>[] {
  const { t } = useTranslation();
  const person = width < 760 ? 172 : width < 900 ? 200 : 300;
  const what = Math.max(280, width - LINE - person - (withOutcome ? OUTCOME : 0));
  return useMemo(
    () => [
      {
        key: "line",
        label: t("import.check.line"),
        width: LINE,
        align: "end" as const,
        render: ({ row }) => <span className={styles.line}>{count(row.row)}</span>,
      },
      {
        key: "outcome",
        label: t("import.check.outcome"),
        width: OUTCOME,
        render: ({ row }) => <OutcomeChip outcome={row.outcome} />,
      },
      {
        key: "person",
        label: t(kind === "contact" || kind === "student" ? "import.check.person" : "import.check.record"),
        width: person,
        render: ({ row }) => (
          <span className={styles.person} title={[row.name, row.email].filter(Boolean).join(" · ")}>
            <span className={styles.name}>{row.name || (row.email === "" ? t("import.check.noName") : "")}</span>
            {row.email && <span className={styles.email}> {row.email}</span>}
          </span>
        ),
      },
      {
        key: "what",
        label: t("import.check.what"),
        width: what,
        render: (shown) => <WhatHappens shown={shown} />,
      },
    ],
    [t, kind, person, what],
  );
}

/** The width of an element, kept up to date. */
function useMeasuredWidth(): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(700);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 700)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

function OutcomeFilter({
  counts,
  outcome,
  onOutcome,
}: {
  counts: DryRun;
  outcome: ImportFilter | null;
  onOutcome: (outcome: ImportFilter | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <Segments
      label={t("import.outcome.filter")}
      segments={[
        { id: ALL, label: t("import.outcome.all"), count: countedBy(counts, null) },
        ...FILTERS.filter((each) => ALWAYS.includes(each) || each === outcome || countedBy(counts, each) > 0).map(
          (each) => ({
            id: each,
            label: t(`import.outcome.${each}`),
            count: countedBy(counts, each),
            ...(each === "left_out_values" ? LEFT_OUT_LOOK : OUTCOME_LOOKS[each]),
          }),
        ),
      ]}
      value={outcome ?? ALL}
      onChange={(next) => onOutcome(next === ALL ? null : next)}
    />
  );
}

function SaveErrors({ session }: { session: number }) {
  const { t } = useTranslation();
  const save = useSaveErrors(session);
  return (
    <Button icon={FileDown} onPress={save}>
      {t("import.check.saveErrors")}
    </Button>
  );
}

/** Saves the rows that aren’t imported in full, each with its reason. */
export function useSaveErrors(session: number | undefined): () => void {
  const { t } = useTranslation();
  return () => {
    if (session === undefined) return;
    call(commands.importSaveErrors(session)).then(
      (path) => path !== null && toast(t("import.check.errorsSaved", { path })),
      toastError,
    );
  };
}
