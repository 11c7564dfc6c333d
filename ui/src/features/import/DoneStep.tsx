import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  CircleCheck,
  FileDown,
  FileUp,
  History,
  List,
  type LucideIcon,
  Pencil,
  RotateCcw,
  UsersRound,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type ImportOutcome, type RecordKind } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { count } from "~/kit/i18n/words.ts";
import mark from "~/kit/layout/Mark.module.css";
import text from "~/kit/layout/Text.module.css";
import { changedIn, createdIn, listOf } from "~/records/touched.ts";
import { useMay } from "~/session/session.ts";
import { UndoDialog } from "../history/UndoDialog.tsx";
import { useSaveErrors } from "./CheckStep.tsx";
import styles from "./DoneStep.module.css";
import { MailNote, WriteToNew } from "./MailNote.tsx";
import { OUTCOME_LOOKS } from "./Outcome.tsx";
import { useArrival } from "./useArrival.ts";
import { startOver, useWizard, type Wizard } from "./wizard.ts";
import { countedBy, OUTCOMES, seeNew, withProblems } from "./words.ts";

const KIND_ICONS: { [kind in RecordKind]?: LucideIcon } = { contact: UsersRound, student: UsersRound };

type Done = NonNullable<Wizard["done"]>;

/** Where what was added can be seen: the rows of this import, and no others. */
function listOfNew({ kind, target }: Done) {
  return kind === "contact" && target === "queue" ? ("/notifications/contacts" as const) : listOf(kind);
}

function countWords(kind: RecordKind, outcome: ImportOutcome) {
  if (kind === "contact" || (outcome !== "created" && outcome !== "updated")) return outcome;
  return outcome === "created" ? "added" : "changed";
}

type Props = { done: Done; onAnother: () => void };

/** Last step: what came of it, where to find it, and a way to undo it. */
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

  const list = listOfNew(done);
  const canShow = !isUndone && done.created > 0 && list !== null && operation !== null;
  const show = () => {
    if (list !== null && operation !== null) void navigate({ to: list, search: { filter: [createdIn(operation)] } });
  };
  // Who was changed may be pending or rejected, too: the directory shows those who are in it.
  const canShowChanges = !isUndone && done.kind === "contact" && done.updated > 0 && operation !== null;
  const showChanges = () => {
    if (operation !== null) void navigate({ to: "/contacts", search: { filter: [changedIn(operation)] } });
  };
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
            ? t("import.done.undoneNote")
            : t("import.done.rows", { file: done.file, count: countedBy(done, null) })}
        </p>
        {!isUndone && (
          <dl className={styles.counts}>
            {OUTCOMES.filter((outcome) => countedBy(done, outcome) > 0).map((outcome) => {
              const { icon: Icon, tone } = OUTCOME_LOOKS[outcome];
              return (
                <div key={outcome} className={styles.count} data-tone={tone}>
                  <dt>
                    <Icon size={14} strokeWidth={2} aria-hidden />
                    {t(`import.done.${countWords(done.kind, outcome)}`, { count: countedBy(done, outcome) })}
                  </dt>
                  <dd>{count(countedBy(done, outcome))}</dd>
                </div>
              );
            })}
          </dl>
        )}
        {!isUndone && done.left_out_values > 0 && (
          <p className={text.quietLong}>{t("import.done.leftOutValues", { count: done.left_out_values })}</p>
        )}
        {!isUndone && done.created > 0 && (done.kind === "student" || done.kind === "contact") && (
          <MailNote done={done} />
        )}
        <div className={styles.acts}>
          {canShow && (
            <Button variant="primary" icon={KIND_ICONS[done.kind] ?? List} onPress={show}>
              {seeNew(t, done)}
            </Button>
          )}
          {!isUndone && done.kind === "contact" && <WriteToNew done={done} />}
          {canShowChanges && (
            <Button icon={Pencil} onPress={showChanges}>
              {t("import.done.changes", { count: done.updated })}
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
          {withProblems(done) > 0 && (
            <Button icon={FileDown} onPress={saveErrors}>
              {t("import.done.errors")}
            </Button>
          )}
          <Button
            variant={canShow ? "secondary" : "primary"}
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
