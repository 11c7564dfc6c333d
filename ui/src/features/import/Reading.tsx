import { TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Assumed, DateOrder, ImportOpened, ReadOptions } from "~/ipc";
import { Notice } from "~/kit/components/Notice.tsx";
import { type Choice, Select } from "~/kit/components/Select.tsx";
import styles from "./Reading.module.css";
import { doubtWords, SEPARATORS } from "./reading.ts";
import { reread, useWizard } from "./wizard.ts";

/** How many rows from the top can be chosen as the one with the headers. */
const HEADER_ROWS = 10;

/** How the file was read, each part with its other choices, and what about it should be looked at. */
export function Reading({ opened }: { opened: ImportOpened }) {
  const { t } = useTranslation();
  const { work } = useWizard();
  const { assumed } = opened;
  const isTable = assumed.format !== "vcard";
  const change = (part: Partial<ReadOptions>) => void reread(part);
  const select = <Key extends string>(
    part: "encoding" | "separator" | "sheet" | "header" | "dates",
    choices: Choice<Key>[],
    value: string,
    choose: (key: Key) => Partial<ReadOptions>,
  ) => (
    <div className={styles.choice}>
      <Select
        label={t(`import.reading.${part}`)}
        choices={choices}
        value={value}
        isDisabled={work !== null}
        onChange={(key) => change(choose(key))}
      />
    </div>
  );
  return (
    <section aria-label={t("import.reading.label")}>
      {assumed.doubts.length > 0 && (
        <div className={styles.doubts}>
          {assumed.doubts.map((doubt) => (
            <Notice key={doubt.kind} icon={TriangleAlert} acts={null}>
              {doubtWords(t, doubt)}
            </Notice>
          ))}
        </div>
      )}
      <div className={styles.choices}>
        {assumed.encoding !== null &&
          select("encoding", named([assumed.encoding, ...opened.encodings]), assumed.encoding, (encoding) => ({
            encoding,
          }))}
        {assumed.separator !== null &&
          select(
            "separator",
            named([...Object.keys(SEPARATORS), assumed.separator]).map(({ id }) => {
              const name = SEPARATORS[id];
              return { id, label: name ? t(`import.reading.sign.${name}`) : id };
            }),
            assumed.separator,
            (separator) => ({ separator }),
          )}
        {assumed.sheet !== null &&
          assumed.other_sheets.length > 0 &&
          select("sheet", sheets(assumed, t("import.reading.hidden")), assumed.sheet, (sheet) => ({
            sheet,
            header_row: null,
          }))}
        {isTable &&
          select("header", headerRows(), String(assumed.header_row ?? 0), (row) => ({ header_row: Number(row) }))}
        {assumed.date_order !== null &&
          select<DateOrder>(
            "dates",
            (["month_first", "day_first"] as const).map((id) => ({ id, label: t(`import.reading.${id}`) })),
            assumed.date_order,
            (date_order) => ({ date_order }),
          )}
      </div>
    </section>
  );

  function headerRows(): Choice[] {
    const last = Math.max(HEADER_ROWS, assumed.header_row ?? 0);
    const rows = Array.from({ length: last }, (_, n) => ({
      id: String(n + 1),
      label: t("import.reading.row", { row: n + 1 }),
    }));
    return [{ id: "0", label: t("import.reading.noHeader") }, ...rows];
  }
}

function named(names: string[]): Choice[] {
  return [...new Set(names)].map((id) => ({ id, label: id }));
}

function sheets({ sheet, other_sheets }: Assumed, hidden: string): Choice[] {
  const others = other_sheets.map((other) => ({
    id: other.name,
    label: other.name,
    ...(other.hidden ? { note: hidden } : {}),
  }));
  return [{ id: sheet ?? "", label: sheet ?? "" }, ...others];
}
