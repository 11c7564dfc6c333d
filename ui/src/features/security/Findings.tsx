import { useTranslation } from "react-i18next";
import type { Cell, Report } from "~/ipc";
import { fieldLabel, valueText } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useFields } from "~/session/session.ts";
import { type FindingOfField, findingText, recordWords } from "./findingText.ts";
import styles from "./Security.module.css";

/** What a check found, one line for each. */
export function Findings({ report }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <div className={stack.by12} role="alert">
      <ul className={styles.findings}>
        {report.findings.map((finding, n) => (
          <li key={n}>
            {finding.what === "field" || finding.what === "sequence" ? (
              <OfField finding={finding} />
            ) : (
              findingText(t, finding)
            )}
          </li>
        ))}
      </ul>
      {report.more > 0 && <p>{t("security.check.more", { count: report.more })}</p>}
    </div>
  );
}

function OfField({ finding }: { finding: FindingOfField }) {
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
