import { CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportColumn, ImportRow } from "~/ipc";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import frame from "~/kit/layout/Frame.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { FieldChanges } from "~/records/fields/FieldChanges.tsx";
import styles from "./CheckStep.module.css";
import { OutcomeChip } from "./Outcome.tsx";
import { columnToFix, problemWords } from "./problems.ts";
import { QuestionPane } from "./Question.tsx";
import { useWizard } from "./wizard.ts";

/** One row in full: what changes, why it stays out, and the row as it stands in the file. */
export function RowPane({ row, columns }: { row: ImportRow | null; columns: ImportColumn[] }) {
  const { t } = useTranslation();
  const { kind, mapping } = useWizard();
  if (!row) {
    return (
      <aside className={`${frame.side} ${styles.pane}`} aria-label={t("import.check.pick")}>
        <p className={styles.pick}>{t("import.check.pick")}</p>
      </aside>
    );
  }
  const filled = columns.filter(({ index }) => (row.cells[index] ?? "") !== "");
  return (
    <aside className={`${frame.side} ${styles.pane}`} aria-label={t("import.check.rowLabel", { line: row.row })}>
      <Scrollable
        className={`${frame.sideBody} ${styles.paneBody}`}
        label={t("import.check.rowLabel", { line: row.row })}
      >
        <header className={stack.by2}>
          <p className={styles.paneName}>{row.name || t("import.check.noName")}</p>
          {row.email && <p className={text.quietLong}>{row.email}</p>}
          <p className={styles.paneFacts}>
            <OutcomeChip outcome={row.outcome} />
            <span className={styles.quiet}>{t("import.check.row", { line: row.row })}</span>
          </p>
        </header>
        {row.question && <QuestionPane row={row} question={row.question} />}
        {row.problems.length > 0 && !(row.question && row.outcome === row.question.about) && (
          <section>
            <h3 className={styles.heading}>{t("import.check.why")}</h3>
            <ul className={styles.reasons}>
              {row.problems.map((problem) => (
                <li key={JSON.stringify(problem)} data-tone={row.outcome === "failed" ? "bad" : "plain"}>
                  <CircleAlert size={14} strokeWidth={2} aria-hidden />
                  <span>{problemWords(t, kind, problem, columnToFix(problem, mapping))}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {row.left_out.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t("import.check.leftOut")}</h3>
            <ul className={styles.reasons}>
              {row.left_out.map((problem) => (
                <li key={JSON.stringify(problem)} data-tone="waits">
                  <TriangleAlert size={14} strokeWidth={2} aria-hidden />
                  <span>{problemWords(t, kind, problem, columnToFix(problem, mapping))}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {row.changes.length > 0 && (
          <section>
            <h3 className={styles.heading}>
              {t(row.outcome === "created" ? "import.check.new" : "import.check.changes")}
            </h3>
            <FieldChanges kind={kind} changes={row.changes} created={row.outcome === "created"} />
          </section>
        )}
        {filled.length > 0 && (
          <section>
            <h3 className={styles.heading}>{t("import.check.cells")}</h3>
            <dl className={styles.cells}>
              {filled.map(({ index, header }) => (
                <div key={index}>
                  <dt>{header}</dt>
                  <dd>{row.cells[index]}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </Scrollable>
    </aside>
  );
}
