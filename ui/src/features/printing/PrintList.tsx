import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { ArrowLeft, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Cell, call, commands, type FieldSchema, LIMITS, type ListQuery, type Row } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { dateTime, fieldLabel, shortChoiceLabel, valueText } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import { cacheTag } from "~/records/kinds.ts";
import { useAppState, useFields } from "~/session/session.ts";
import styles from "./Print.module.css";
import { printRecords } from "./printRecords.ts";

/** Most rows on paper: some three hundred pages, and as much as a page of the window can hold. */
const MOST = 10_000;

async function read(query: ListQuery, columns: string[]) {
  const opened = await call(commands.listOpen(query));
  try {
    const rows: Row[] = [];
    while (rows.length < Math.min(opened.total, MOST)) {
      const window = await call(commands.listWindow(opened.result, rows.length, LIMITS.window_rows, columns));
      if (window.rows.length === 0) break;
      rows.push(...window.rows);
    }
    return { total: opened.total, rows };
  } finally {
    void commands.listClose(opened.result);
  }
}

/** Types whose values are long words without a space. */
const LONG = ["email", "url"];

function cellText(field: FieldSchema, cell: Cell | undefined): string {
  const value = cell?.value ?? null;
  if (field.key === "access") {
    const state = shortChoiceLabel("access", String(value));
    return cell?.text ? `${state} · ${cell.text}` : state;
  }
  if (field.field_type.type === "choice" && value !== null) return shortChoiceLabel(field.key, String(value));
  return valueText(field, value, cell?.text ?? null) ?? "";
}

/** A list as it goes onto paper: what is in sight here is what is printed. */
export function PrintList() {
  const { t } = useTranslation();
  const { institution } = useAppState();
  const search = useSearch({ from: "/print" });
  const fields = useFields(search.kind);
  const shown = search.columns.flatMap((key) => fields.find((field) => field.key === key && key !== "name") ?? []);
  const columns = shown.map(({ key }) => key);
  const query: ListQuery = {
    kind: search.kind,
    search: search.q ?? "",
    filter: search.filter ?? [],
    sort: search.sort ?? [],
  };
  const list = useQuery({
    queryKey: [cacheTag(search.kind), "print", query, columns],
    queryFn: () => read(query, columns),
  });
  const back = () => window.history.back();
  // The journal hears of it first; what isn't there yet isn't printed.
  const print = () => {
    if (list.data) printRecords({ kind: search.kind, count: list.data.rows.length, query });
  };
  useHotkeys(t("printing.title"), [
    { keys: "Ctrl+P", label: t("printing.act"), run: print },
    { keys: "Escape", label: t("printing.back"), run: back },
  ]);
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton lines={8} />;
  const { rows, total } = list.data;
  const title = institution ?? t("common.product");
  return (
    <div className={frame.fill}>
      <div className={styles.bar} data-screen-only>
        <Button icon={ArrowLeft} hotkey="Escape" onPress={back}>
          {t("printing.back")}
        </Button>
        <span className={styles.space} />
        <Button variant="primary" icon={Printer} hotkey="Ctrl+P" onPress={print}>
          {t("printing.act")}
        </Button>
      </div>
      <Scrollable className={styles.scroll} label={t("printing.table")}>
        <div className={styles.paper}>
          <p className={styles.head}>{t("printing.printed", { institution: title, date: dateTime(Date.now()) })}</p>
          <p className={styles.count}>
            {rows.length < total
              ? t("printing.some", { shown: rows.length, total })
              : t("printing.all", { count: total })}
          </p>
          <table className={styles.table} data-many={columns.length > 6 || undefined}>
            <thead>
              <tr>
                {["name", ...columns].map((key) => (
                  <th key={key} scope="col">
                    {fieldLabel(search.kind, key, fields)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  {shown.map((field, n) => (
                    <td key={field.key} data-type={field.field_type.type}>
                      {LONG.includes(field.field_type.type) ? (
                        <Breakable part={styles.part}>{cellText(field, row.cells[n])}</Breakable>
                      ) : (
                        cellText(field, row.cells[n])
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Scrollable>
    </div>
  );
}
