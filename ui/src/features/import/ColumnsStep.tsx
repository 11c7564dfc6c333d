import {
  Check,
  CircleCheck,
  CircleHelp,
  CircleSlash,
  Hand,
  History,
  type LucideIcon,
  Sparkles,
  TriangleAlert,
} from "lucide-react";
import { Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import {
  type FieldSchema,
  IMPORT_TARGET,
  type ImportColumn,
  type ImportOpened,
  type ImportTarget,
  type RecordKind,
} from "~/ipc";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { fieldLabel } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import mark from "~/kit/layout/Mark.module.css";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useFields } from "~/session/session.ts";
import styles from "./ColumnsStep.module.css";
import { FieldSelect, useTargets } from "./FieldSelect.tsx";
import { KindSelect } from "./KindSelect.tsx";
import { type Certainty, canCheck, certainty, type Mapping, missing } from "./mapping.ts";
import { Reading } from "./Reading.tsx";
import { StepFoot } from "./StepFoot.tsx";
import { useArrival } from "./useArrival.ts";
import { setField, setKind, setTarget, useWizard } from "./wizard.ts";
import { aboutFile, recognised } from "./words.ts";

type Props = { opened: ImportOpened; onBack: () => void; onNext: () => void };

/** Second step: what each column of the file becomes. */
export function ColumnsStep({ opened, onBack, onNext }: Props) {
  const { t } = useTranslation();
  const { kind, mapping, work } = useWizard();
  const fields = useFields(kind);
  const targets = useTargets(kind);
  const heading = useArrival<HTMLHeadingElement>();
  const lacking = missing(mapping, fields);
  const program = recognised(t, opened.preset);
  const used = mapping.filter((field) => field !== null).length;
  return (
    <>
      <Scrollable className={frame.scrollSized} label={t("import.columns.table")}>
        <div className={styles.split}>
          <div className={styles.main}>
            <header className={styles.header}>
              <h2 ref={heading} tabIndex={-1} className={styles.file}>
                {opened.file}
              </h2>
              <p className={`${text.quiet} ${styles.quiet}`}>{aboutFile(t, opened)}</p>
              {program && (
                <p className={`${row.told} ${styles.told}`}>
                  <Sparkles size={16} strokeWidth={1.75} aria-hidden /> {program}
                </p>
              )}
              {opened.remembered && (
                <p className={`${row.told} ${styles.told}`}>
                  <History size={16} strokeWidth={1.75} aria-hidden /> {t("import.columns.remembered")}
                </p>
              )}
            </header>
            <Reading opened={opened} />
            <table className={styles.table} aria-label={t("import.columns.table")}>
              <thead>
                <tr>
                  <th scope="col">{t("import.columns.column")}</th>
                  <th scope="col">{t("import.columns.samples")}</th>
                  <th scope="col">{t("import.columns.field")}</th>
                  <th scope="col">{t("import.columns.confidence")}</th>
                </tr>
              </thead>
              <tbody>
                {opened.columns.map((column) => (
                  <tr key={column.index} data-left-out={mapping[column.index] === null || undefined}>
                    <th scope="row" title={column.header}>
                      {column.header}
                    </th>
                    <td>
                      <Samples column={column} />
                    </td>
                    <td>
                      <FieldSelect
                        column={column}
                        value={mapping[column.index] ?? null}
                        targets={targets}
                        takenBy={takenBy(mapping, opened.columns, column.index)}
                        isDisabled={work !== null}
                        onChange={setField}
                      />
                    </td>
                    <td>
                      <CertaintyView certainty={certainty(column, mapping[column.index] ?? null)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className={`${text.quiet} ${styles.quiet}`}>
              {t("import.columns.used", { used, count: opened.columns.length })}
            </p>
          </div>
          <div className={styles.aside}>
            <KindSelect isDisabled={work !== null} onChange={(chosen) => void setKind(chosen)} />
            {kind === "contact" && <TargetChoice isDisabled={work !== null} />}
            <section>
              <h3 className={styles.heading}>{t("import.columns.rules")}</h3>
              <ul className={styles.rules}>
                {rulesOf(kind, fields).map((rule) => (
                  <li key={rule}>{t(`import.columns.rule.${rule}`)}</li>
                ))}
              </ul>
            </section>
            {opened.left_out.length > 0 && (
              <section>
                <h3 className={styles.heading}>{t("import.columns.leftOut")}</h3>
                <p className={`${text.quiet} ${styles.quiet}`}>{t("import.columns.leftOutNote")}</p>
                <ul className={styles.leftOut}>
                  {opened.left_out.map(({ name, rows }) => (
                    <li key={name}>
                      <span>{name}</span>
                      <span className={`${text.quiet} ${styles.quiet}`}>
                        {t("import.columns.leftOutRow", { count: rows })}
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
        </div>
      </Scrollable>
      <StepFoot
        onBack={onBack}
        onNext={onNext}
        next={t("import.columns.check", { count: opened.rows })}
        isDisabled={!canCheck(kind, mapping)}
      >
        {lacking.length > 0 && (
          <p className={`${row.told} ${styles.missing}`} role="status">
            <TriangleAlert size={16} strokeWidth={1.75} aria-hidden />
            <span>
              {t("import.columns.missing", { fields: lacking.map((key) => fieldLabel(kind, key)).join(", ") })}{" "}
              {t(`import.columns.${lackingWords(kind, mapping)}`)}
            </span>
          </p>
        )}
      </StepFoot>
    </>
  );
}

/** How rows find what there is already, in the words for the kind. */
function rulesOf(kind: RecordKind, fields: FieldSchema[]) {
  if (kind === "contact") return ["email", "blank", "employer"] as const;
  if (kind === "student") return ["student", "blank"] as const;
  const refersTo = (kinds: RecordKind[]) =>
    fields.some(
      ({ field_type: type, importable }) => importable && type.type === "reference" && kinds.includes(type.kind),
    );
  return [
    ...(refersTo(["contact"]) ? (["contacts"] as const) : []),
    ...(refersTo(["employer", "staff"]) ? (["names"] as const) : []),
    ...(refersTo(["meeting", "event", "interview_schedule"]) ? (["titles"] as const) : []),
    "twice" as const,
  ];
}

function lackingWords(kind: RecordKind, mapping: Mapping) {
  if (kind !== "contact") return "missingOthers" as const;
  return canCheck(kind, mapping) ? ("missingNames" as const) : ("missingEmail" as const);
}

/** Header of the column that has each field now, without the column that asks. */
function takenBy(mapping: (string | null)[], columns: ImportColumn[], asking: number): Map<string, string> {
  const taken = new Map<string, string>();
  for (const [n, field] of mapping.entries()) {
    if (field !== null && n !== asking) taken.set(field, columns[n]?.header ?? "");
  }
  return taken;
}

function Samples({ column }: { column: ImportColumn }) {
  const { t } = useTranslation();
  if (column.samples.length === 0) return <span className={styles.nothing}>{t("import.columns.noSamples")}</span>;
  const words = column.samples.join("  ·  ");
  return (
    <span className={styles.samples} title={words}>
      {words}
    </span>
  );
}

const CERTAINTY_ICONS: Record<Certainty, LucideIcon> = {
  certain: CircleCheck,
  likely: Check,
  guess: CircleHelp,
  none: CircleHelp,
  chosen: Hand,
  left_out: CircleSlash,
};

function CertaintyView({ certainty: sure }: { certainty: Certainty }) {
  const { t } = useTranslation();
  const Icon = CERTAINTY_ICONS[sure];
  return (
    <span className={styles.certainty} data-certainty={sure}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      {t(`import.confidence.${sure}`)}
    </span>
  );
}

function TargetChoice({ isDisabled }: { isDisabled: boolean }) {
  const { t } = useTranslation();
  const { target } = useWizard();
  return (
    <section>
      <h3 id="import-target" className={styles.heading}>
        {t("import.columns.target")}
      </h3>
      <RadioGroup
        className={stack.by8 ?? ""}
        aria-labelledby="import-target"
        value={target}
        isDisabled={isDisabled}
        onChange={(value) => setTarget(value as ImportTarget)}
      >
        {IMPORT_TARGET.map((each) => (
          <Radio key={each} value={each} className={styles.target ?? ""}>
            <span className={`${mark.dot} ${styles.dot}`} />
            <span>
              <span className={styles.targetName}>{t(`import.columns.${each}`)}</span>
              <span className={`${text.quiet} ${styles.quiet}`}>{t(`import.columns.${each}Note`)}</span>
            </span>
          </Radio>
        ))}
      </RadioGroup>
    </section>
  );
}
