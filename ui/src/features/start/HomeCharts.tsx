import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HomeBar } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorState } from "~/kit/components/States.tsx";
import { choiceLabel, count } from "~/kit/i18n/words.ts";
import { useAppState } from "~/session/session.ts";
import { ApprovalChart } from "./ApprovalChart.tsx";
import { BarChart, type ChartRow } from "./BarChart.tsx";
import styles from "./Charts.module.css";
import { useCharts } from "./homeQueries.ts";
import { listAddress } from "./listAddress.ts";

/** Most rows of the caseloads before the rest is asked for. */
const FIRST = 8;

/** How things are spread, each part a way to exactly the list it counts; nothing the role may not do. */
export default function HomeCharts() {
  const { t } = useTranslation();
  const { actor } = useAppState();
  const { data, error, refetch } = useCharts();
  const [all, setAll] = useState(false);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const rows = (bars: HomeBar[], label: (bar: HomeBar) => string): ChartRow[] =>
    bars.map((bar) => ({
      key: bar.key,
      label: label(bar),
      value: bar.count,
      number: <Link {...listAddress(bar.query, actor?.id)}>{count(bar.count)}</Link>,
    }));
  const queue = rows(data.queue, ({ key }) => choiceLabel("source", key));
  const activation = rows(data.activation, ({ key }) => t(`start.charts.activation.${key as "all"}`));
  const caseloads = rows(data.caseloads, ({ name }) => name ?? t("start.charts.caseloads.nobody"));
  const hasUsers = (data.activation[0]?.count ?? 0) > 0;
  if (queue.length === 0 && data.days.length === 0 && !hasUsers && caseloads.length === 0) return null;
  return (
    <div className={styles.charts}>
      {queue.length > 0 && (
        <BarChart
          id="chart-queue"
          title={t("start.charts.queue.title")}
          heads={[t("start.charts.queue.source"), t("start.charts.contacts")]}
          rows={queue}
        />
      )}
      {data.days.length > 0 && <ApprovalChart days={data.days} approvals={data.approvals} />}
      {hasUsers && (
        <BarChart
          id="chart-activation"
          title={t("start.charts.activation.title")}
          heads={[t("start.charts.activation.step"), t("start.charts.users")]}
          rows={activation}
          note={t("start.charts.activation.note")}
        />
      )}
      {caseloads.length > 0 && (
        <div className={styles.chart}>
          <BarChart
            id="chart-caseloads"
            title={t("start.charts.caseloads.title")}
            heads={[t("start.charts.caseloads.advisor"), t("start.charts.users")]}
            rows={all ? caseloads : caseloads.slice(0, FIRST)}
            note={t("start.charts.caseloads.note")}
          />
          {caseloads.length > FIRST && (
            <Button variant="quiet" size="small" onPress={() => setAll(!all)}>
              {all ? t("start.charts.fewer") : t("start.charts.all", { count: caseloads.length })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
