import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Cell, FieldSchema, Id, MergeField, MergePreview, MergeRecord } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { ApprovalChip } from "~/kit/components/Chips.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { fieldLabel, relativeTime, valueText } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import textStyle from "~/kit/layout/Text.module.css";
import { useFields } from "~/session/session.ts";
import styles from "./Merge.module.css";

type Props = {
  kind: "contact" | "employer";
  preview: MergePreview;
  /** In the order of the columns. */
  records: MergeRecord[];
  survivor: Id;
  canStay: (id: Id) => boolean;
  onStays: (id: Id) => void;
  /** `null`: what is proposed, the lists together. */
  onChoose: (field: string, id: Id | null) => void;
  onlyDiffering: boolean;
};

/** Widths in px: as many columns as there are records scroll sideways, two fit. */
const LABEL = 148;
const COLUMN = 190;

/** Lists and descriptions are put together where nobody chooses one of them. */
const isTogether = (field: MergeField) =>
  field.choosable &&
  field.differs &&
  (field.field === "description" || field.values.some((cell) => Array.isArray(cell.value)));

/** One column per record, one row per field, radio buttons in the cells: arrows choose, Tab goes to the next field. */
export function MergeTable({ kind, preview, records, survivor, canStay, onStays, onChoose, onlyDiffering }: Props) {
  const { t } = useTranslation();
  const fields = useFields(kind);
  const group = useId();
  // The preview has the survivor first, the screen keeps its order.
  const place = records.map((record) => preview.records.findIndex((have) => have.id === record.id));
  const rows = onlyDiffering ? preview.fields.filter((field) => field.differs) : preview.fields;
  return (
    <Scrollable label={t("merge.field")} className={styles.scroll}>
      <table className={styles.table} style={{ width: `max(100%, ${LABEL + (records.length + 1) * COLUMN}px)` }}>
        <thead>
          <tr>
            <th scope="col" className={styles.label}>
              {t("merge.field")}
            </th>
            {records.map((record) => (
              <th scope="col" key={record.id} data-stays={record.id === survivor || undefined}>
                <span className={styles.name} title={record.name}>
                  {record.name}
                </span>
                <span className={styles.about}>
                  {record.approval !== null && <ApprovalChip approval={record.approval} />}
                  {record.created_at !== null && (
                    <span>{t("merge.added", { when: relativeTime(record.created_at) })}</span>
                  )}
                </span>
              </th>
            ))}
            <th scope="col" className={styles.result}>
              {t("merge.result")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row" className={styles.label}>
              {t("merge.staysRow")}
            </th>
            {records.map((record) => (
              <td key={record.id} data-stays={record.id === survivor || undefined}>
                <label className={`${rowStyle.top} ${styles.choice}`}>
                  <input
                    type="radio"
                    name={`${group}stays`}
                    checked={record.id === survivor}
                    disabled={!canStay(record.id)}
                    onChange={() => onStays(record.id)}
                    aria-label={`${t("merge.stays")}: ${record.name}`}
                  />
                  {t("merge.stays")}
                </label>
              </td>
            ))}
            <td className={styles.result} />
          </tr>
          {rows.map((row) => (
            <Row
              key={row.field}
              row={row}
              label={fieldLabel(kind, row.field, fields)}
              schema={fields.find((field) => field.key === row.field)}
              cells={place.map((at) => row.values[at] ?? { value: null, text: null })}
              records={records}
              survivor={survivor}
              name={`${group}${row.field}`}
              onChoose={(id) => onChoose(row.field, id)}
            />
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className={styles.hint}>{t("merge.onlyDiffering_all")}</p>}
    </Scrollable>
  );
}

type RowProps = {
  row: MergeField;
  label: string;
  schema: FieldSchema | undefined;
  cells: Cell[];
  records: MergeRecord[];
  survivor: Id;
  name: string;
  onChoose: (id: Id | null) => void;
};

function Row({ row, label, schema, cells, records, survivor, name, onChoose }: RowProps) {
  const { t } = useTranslation();
  const text = (cell: Cell) => valueText(schema, cell.value, cell.text);
  const result = text(row.result);
  const together = isTogether(row);
  return (
    <tr data-differs={row.differs || undefined} data-field={row.field}>
      <th scope="row" className={styles.label}>
        {label}
        {row.differs && <span className={styles.differs}>{t("merge.differs")}</span>}
      </th>
      {records.map((record, at) => {
        const value = text(cells[at] as Cell);
        const words = value ?? t("merge.empty");
        const taken = row.from === record.id;
        return (
          <td
            key={record.id}
            data-taken={(taken && value !== null) || undefined}
            data-stays={record.id === survivor || undefined}
          >
            {row.choosable && row.differs ? (
              <label className={`${rowStyle.top} ${styles.choice}`}>
                <input
                  type="radio"
                  name={name}
                  checked={taken}
                  disabled={value === null && schema?.required === true}
                  onChange={() => onChoose(record.id)}
                  aria-label={t("merge.valueOf", { field: label, name: record.name, value: words })}
                />
                <Value text={value} />
              </label>
            ) : (
              <Value text={value} />
            )}
          </td>
        );
      })}
      <td className={styles.result}>
        {together ? (
          <label className={`${rowStyle.top} ${styles.choice}`}>
            <input
              type="radio"
              name={name}
              checked={row.from === null}
              onChange={() => onChoose(null)}
              aria-label={`${label}: ${t("merge.together")}`}
            />
            <span>
              <span className={textStyle.note}>{t("merge.together")}</span>
              <Value text={result} />
            </span>
          </label>
        ) : (
          <Value text={result} />
        )}
      </td>
    </tr>
  );
}

function Value({ text }: { text: string | null }) {
  const { t } = useTranslation();
  if (text === null) return <span className={styles.empty}>{t("merge.empty")}</span>;
  return (
    <span className={styles.value} title={text.length > 120 ? text : undefined}>
      <Breakable>{text}</Breakable>
    </span>
  );
}
