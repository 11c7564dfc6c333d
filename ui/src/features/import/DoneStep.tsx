import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CircleCheck, FileDown, FileUp, History, Inbox, List, RotateCcw, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type ImportOutcome, type RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { count } from "~/kit/i18n/words.ts";
import mark from "~/kit/layout/Mark.module.css";
import { useMay } from "~/session/session.ts";
import { UndoDialog } from "../history/UndoDialog.tsx";
import { useSaveErrors } from "./CheckStep.tsx";
import styles from "./DoneStep.module.css";
import { OUTCOME_LOOKS } from "./Outcome.tsx";
import { useArrival } from "./useArrival.ts";
import { startOver, useWizard, type Wizard } from "./wizard.ts";
import { OUTCOMES } from "./words.ts";

/** Where the records of a kind are listed. */
const LISTS = {
  task: "/tasks",
  meeting: "/meetings",
  event: "/events",
  interview_schedule: "/interviews",
  job_listing: "/listings",
  experience: "/experiences",
} as { [kind in RecordKind]?: "/tasks" | "/meetings" | "/events" | "/interviews" | "/listings" | "/experiences" };

/** Where what was added can be seen, and what the way there is called. */
function wayTo(done: NonNullable<Wizard["done"]>) {
  if (done.kind !== "contact") return { icon: List, words: "import.done.showList" } as const;
  if (done.target === "queue") return { icon: Inbox, words: "import.done.showQueue" } as const;
  return { icon: UsersRound, words: "import.done.show" } as const;
}

function countWords(kind: RecordKind, outcome: ImportOutcome) {
  if (kind === "contact" || outcome === "skipped" || outcome === "failed") return outcome;
  return outcome === "created" ? "added" : "changed";
}

type Props = { done: NonNullable<Wizard["done"]>; onAnother: () => void };

/** Last step: what came of it, where to find it, and a way to take it back. */
export function DoneStep({ done, onAnother }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const { opened } = useWizard();
  const heading = useArrival<HTMLHeadingElement>();
  const [undoing, setUndoing] = useState(false);
  const { operation } = done;
  const undo = useQuery({
    queryKey: ["history", "undo", operation],
    queryFn: () => call(commands.undoPreview(operation ?? "")),
    enabled: operation !== null && may("undo"),
  });
  const isUndone = undo.data?.operation.undone === true;
  const saveErrors = useSaveErrors(opened?.session);

  const list = done.kind === "contact" ? null : (LISTS[done.kind] ?? null);
  const show = () => {
    const filter = [{ field: "created_at", op: "after" as const, values: [String(done.startedAt)] }];
    if (list !== null) void navigate({ to: list, search: { filter } });
    else void navigate({ to: done.target === "queue" ? "/notifications/contacts" : "/contacts", search: { filter } });
  };
  const showing = wayTo(done);
  const title = isUndone ? "import.done.undone" : operation === null ? "import.done.nothing" : "import.done.title";

  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <span
          className={`${mark.large} ${styles.mark}`}
          data-tone={isUndone || operation === null ? "plain" : "good"}
          aria-hidden
        >
          {isUndone ? <RotateCcw size={28} strokeWidth={1.5} /> : <CircleCheck size={28} strokeWidth={1.5} />}
        </span>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {t(title)}
        </h2>
        <p className={styles.quiet}>
          {isUndone
            ? t(done.kind === "contact" ? "import.done.undoneNote" : "import.done.undoneOthers")
            : t("import.done.file", { file: done.file })}
        </p>
        {!isUndone && (
          <dl className={styles.counts}>
            {OUTCOMES.filter((outcome) => done[outcome] > 0).map((outcome) => {
              const { icon: Icon, tone } = OUTCOME_LOOKS[outcome];
              return (
                <div key={outcome} className={styles.count} data-tone={tone}>
                  <dt>
                    <Icon size={14} strokeWidth={2} aria-hidden />
                    {t(`import.done.${countWords(done.kind, outcome)}`, { count: done[outcome] })}
                  </dt>
                  <dd>{count(done[outcome])}</dd>
                </div>
              );
            })}
          </dl>
        )}
        <div className={styles.acts}>
          {!isUndone && done.created > 0 && (done.kind === "contact" || list !== null) && (
            <Button variant="primary" icon={showing.icon} onPress={show}>
              {t(showing.words)}
            </Button>
          )}
          {operation !== null && may("view_audit_log") && (
            <Button icon={History} onPress={() => void navigate({ to: "/history", search: { step: operation } })}>
              {t("import.done.each")}
            </Button>
          )}
          {operation !== null && may("undo") && !isUndone && (
            <Button icon={RotateCcw} onPress={() => setUndoing(true)}>
              {t("import.done.undo")}
            </Button>
          )}
          {done.failed > 0 && (
            <Button icon={FileDown} onPress={saveErrors}>
              {t("import.done.errors")}
            </Button>
          )}
          <Button
            variant={
              isUndone || done.created === 0 || (done.kind !== "contact" && list === null) ? "primary" : "secondary"
            }
            icon={FileUp}
            onPress={() => {
              startOver();
              onAnother();
            }}
          >
            {t("import.done.another")}
          </Button>
        </div>
      </div>
      {undoing && operation !== null && (
        <UndoDialog operation={operation} onClose={() => setUndoing(false)} onDone={() => setUndoing(false)} />
      )}
    </div>
  );
}
