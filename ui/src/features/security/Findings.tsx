import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { fieldLabel, valueText } from "~/i18n/words.ts";
import type { Cell, Finding, RecordKind, Report } from "~/ipc";
import { useFields } from "../shell/session.ts";
import styles from "./Security.module.css";

/** What a check found, one line for each. */
export function Findings({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <div className={styles.form} role="alert">
      <ul className={styles.findings}>
        {report.findings.map((finding, n) => (
          <li key={n}>
            {finding.what === "field" || finding.what === "sequence" ? (
              <OfField finding={finding} />
            ) : (
              words(t, finding)
            )}
          </li>
        ))}
      </ul>
      {report.more > 0 && <p>{t("security.check.more", { count: report.more })}</p>}
    </div>
  );
}

type OfField = Extract<Finding, { what: "field" | "sequence" }>;

function OfField({ finding }: { finding: OfField }) {
  const { t } = useTranslation();
  const { kind } = finding.record;
  const fields = useFields(kind);
  const record = recordWords(t, finding.record);
  const field = fieldLabel(kind, finding.field, fields);
  if (finding.what === "sequence") return t("security.check.finding.sequence", { record, field });
  const { journal, value } = finding;
  if (journal === null || value === null) return t("security.check.finding.fieldHidden", { record, field });
  const schema = fields.find(({ key }) => key === finding.field);
  const told = (cell: Cell) => valueText(schema, cell.value, cell.text) ?? t("common.empty");
  return t("security.check.finding.field", { record, field, value: told(value), journal: told(journal) });
}

function recordWords(t: TFunction, { kind, id, name }: { kind: RecordKind; id: string; name: string }): string {
  const words = t(`history.recordKind.${kind}`);
  return name === "" ? `${words} ${id}` : t("security.check.record", { kind: words, name });
}

function words(t: TFunction, finding: Exclude<Finding, OfField>): string {
  switch (finding.what) {
    case "file":
    case "journal":
      return t(`security.check.finding.${finding.what}`, { detail: finding.detail });
    case "missing":
      return t("security.check.finding.missing", { count: finding.operations, after: finding.after });
    case "rewritten":
      return t("security.check.finding.rewritten", { count: finding.operations });
    case "head_gone":
    case "head_unreadable":
      return t(`security.check.finding.${finding.what}`);
    case "not_expected":
      return t("security.check.finding.not_expected", { head: finding.head });
    case "values_gone":
      return t("security.check.finding.values_gone", {
        record: recordWords(t, finding.record),
        count: finding.changes,
      });
    case "no_creation":
    case "no_row":
    case "not_erased":
    case "unreadable":
      return t(`security.check.finding.${finding.what}`, { record: recordWords(t, finding.record) });
  }
}
