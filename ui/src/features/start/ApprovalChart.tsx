import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { HomeCharts, OperationKind } from "~/ipc";
import { count, operationLabel } from "~/kit/i18n/words.ts";
import { dayFormat } from "~/kit/i18n/zone.ts";
import styles from "./Charts.module.css";

const WIDTH = 420;
const HEIGHT = 96;
const KINDS: OperationKind[] = ["contacts.approve", "contacts.approve_and_assign", "contacts.approve_into"];

const shortDay = (day: string) => dayFormat({ month: "short", day: "numeric" }).format(day);

/** How many approvals there were on each day, with the table they are drawn from; each number leads to those in History. */
export function ApprovalChart({ days, approvals }: Pick<HomeCharts, "days" | "approvals">) {
  const { t } = useTranslation();
  const of = (day: string, kind: OperationKind) =>
    approvals.find((steps) => steps.day === day && steps.kind === kind)?.count ?? 0;
  const totals = days.map((day) => KINDS.reduce((sum, kind) => sum + of(day, kind), 0));
  const kinds = KINDS.filter((kind) => approvals.some((steps) => steps.kind === kind));
  const most = Math.max(1, ...totals);
  const step = WIDTH / Math.max(days.length, 1);
  const told = days.filter((_, at) => (totals[at] ?? 0) > 0).toReversed();
  return (
    <section className={styles.chart} aria-labelledby="chart-approvals">
      <h3 id="chart-approvals" className={styles.title}>
        {t("start.charts.approvals.title")}
      </h3>
      {told.length > 0 && (
        <div aria-hidden>
          <svg
            className={styles.columns}
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            height={HEIGHT}
            preserveAspectRatio="none"
            aria-hidden
          >
            <line className={styles.axis} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
            {days.map((day, at) => {
              const tall = ((totals[at] ?? 0) / most) * (HEIGHT - 4);
              return (
                <rect
                  key={day}
                  className={styles.bar}
                  x={at * step + step * 0.2}
                  y={HEIGHT - 1 - tall}
                  width={step * 0.6}
                  height={tall}
                >
                  <title>{`${shortDay(day)}: ${count(totals[at] ?? 0)}`}</title>
                </rect>
              );
            })}
          </svg>
          {/* Beside the drawing, which is stretched: letters are not. */}
          <p className={styles.ticks}>
            {[days[0], days[Math.floor(days.length / 2)], days.at(-1)].map(
              (day) => day !== undefined && <span key={day}>{shortDay(day)}</span>,
            )}
          </p>
        </div>
      )}
      {told.length === 0 ? (
        <p className={styles.note}>{t("start.charts.approvals.none")}</p>
      ) : (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("start.charts.approvals.day")}</th>
                {kinds.map((kind) => (
                  <th key={kind} scope="col" className={styles.right}>
                    {operationLabel(kind)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {told.map((day) => (
                <tr key={day}>
                  <th scope="row">{shortDay(day)}</th>
                  {kinds.map((kind) => (
                    <td key={kind} className={styles.right}>
                      {of(day, kind) > 0 ? (
                        <Link to="/history" search={{ kind, day }}>
                          {count(of(day, kind))}
                        </Link>
                      ) : (
                        count(0)
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>{t("start.charts.approvals.note")}</p>
        </>
      )}
    </section>
  );
}
