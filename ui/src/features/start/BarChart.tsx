import type { ReactNode } from "react";
import { count } from "~/kit/i18n/words.ts";
import styles from "./Charts.module.css";

/** A row: what it is, how many, and the number as it is shown, which leads to its list. */
export type ChartRow = { key: string; label: string; value: number; number: ReactNode };

type Props = {
  id: string;
  title: string;
  /** The heads of the two columns. */
  heads: [string, string];
  rows: ChartRow[];
  note?: string;
};

const ROW = 28;
const WIDTH = 160;

/** Lengths side by side, with the table they are drawn from. */
export function BarChart({ id, title, heads, rows, note }: Props) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <section className={styles.chart} aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      <div className={styles.beside}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{heads[0]}</th>
              <th scope="col" className={styles.right}>
                {heads[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, number }) => (
              <tr key={key}>
                <th scope="row" title={label}>
                  {label}
                </th>
                <td className={styles.right}>{number}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <svg
          className={styles.bars}
          viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`}
          height={rows.length * ROW}
          preserveAspectRatio="none"
          aria-hidden
        >
          {rows.map(({ key, label, value }, at) => (
            <rect
              key={key}
              className={styles.bar}
              x={0}
              y={at * ROW + 8}
              width={value === 0 ? 0 : Math.max(2, (value / most) * WIDTH)}
              height={ROW - 16}
              rx={2}
            >
              <title>{`${label}: ${count(value)}`}</title>
            </rect>
          ))}
        </svg>
      </div>
      {note && <p className={styles.note}>{note}</p>}
    </section>
  );
}
