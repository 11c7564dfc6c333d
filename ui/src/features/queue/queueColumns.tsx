import { UsersRound } from "lucide-react";
import type { FieldSchema, Id, QueueLikeness } from "~/ipc";
import { When } from "~/kit/components/When.tsx";
import type { GridColumn } from "~/kit/grid/columns.ts";
import { i18next } from "~/kit/i18n/index.ts";
import { shortChoiceLabel } from "~/kit/i18n/words.ts";
import text from "~/kit/layout/Text.module.css";
import { listColumns } from "~/records/list/listColumns.tsx";
import type { ListRow } from "~/records/query/useResultSet.ts";
import { percent } from "../duplicates/reasons.ts";
import styles from "./Queue.module.css";

/** Fields that stand in the second lines of the two columns. */
export const SECOND_LINES = ["employer", "title", "email", "source", "created_at"] as const;

const words = (row: ListRow, field: string) => row.cells[field]?.text ?? row.cells[field]?.value ?? null;

/** The columns of the queue: two lines of who it is and two of where from and since when; others in one. */
export function queueColumns(
  fields: FieldSchema[],
  nameWidth: number,
  likely: ReadonlyMap<Id, QueueLikeness> | undefined,
): GridColumn<ListRow>[] {
  return listColumns("contact", fields, { name: nameWidth, source: nameWidth > 400 ? 232 : 168 }).map((column) => {
    if (column.key === "name") return { ...column, render: (row) => <Who row={row} likeness={likely?.get(row.id)} /> };
    if (column.key === "source") return { ...column, render: (row) => <From row={row} /> };
    return column;
  });
}

function Who({ row, likeness }: { row: ListRow; likeness: QueueLikeness | undefined }) {
  const claimed = row.claimed?.includes(String(row.cells.employer?.value)) && i18next.t("common.chips.claimed");
  const facts = [words(row, "title"), words(row, "employer"), claimed].filter(Boolean).join(" · ");
  const below = facts || String(words(row, "email") ?? "");
  return (
    <span className={styles.lines}>
      <span className={styles.firstLine}>
        <span className={`${text.clip} ${styles.rowName}`} title={row.name} data-name>
          {row.name}
        </span>
        {likeness && <LikelyMark likeness={likeness} />}
      </span>
      <span className={`${text.clip} ${styles.secondLine}`} title={below}>
        {below}
      </span>
    </span>
  );
}

/** That a pending contact may be in the directory already, how likely that is, and as whom. */
function LikelyMark({ likeness }: { likeness: QueueLikeness }) {
  const said = i18next.t("queue.likely.mark", {
    percent: percent(likeness.score),
    name: likeness.name,
    count: likeness.others - 1,
  });
  return (
    <span className={styles.likelyMark} role="img" aria-label={said} title={said}>
      <UsersRound size={13} strokeWidth={2} aria-hidden />
      {percent(likeness.score)}
    </span>
  );
}

function From({ row }: { row: ListRow }) {
  const source = row.cells.source?.value;
  const added = row.cells.created_at?.value;
  const label = source ? shortChoiceLabel("source", String(source)) : "";
  return (
    <span className={styles.lines}>
      <span className={text.clip} title={label}>
        {label}
      </span>
      <span className={styles.secondLine}>{typeof added === "number" && <When at={added} />}</span>
    </span>
  );
}
