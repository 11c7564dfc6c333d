import { Link } from "@tanstack/react-router";
import { ArrowRight, KeyRound } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { HomeNumber } from "~/ipc";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { When } from "~/kit/components/When.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { dayFormat, dayOf } from "~/kit/i18n/zone.ts";
import frame from "~/kit/layout/Frame.module.css";
import mark from "~/kit/layout/Mark.module.css";
import { useAppState, useMay } from "~/session/session.ts";
import { emphasised } from "../history/emphasis.tsx";
import { iconOf } from "../history/icons.ts";
import { operationSentence } from "../history/sentence.ts";
import { EmptyDesk } from "./EmptyDesk.tsx";
import styles from "./Home.module.css";
import { HomeTiles } from "./HomeTiles.tsx";
import { useFigures, useLastSteps, useRecoveryUse, useSetupState } from "./homeQueries.ts";
import { SetUpList, useSetUpList } from "./SetUpList.tsx";
import { Today } from "./Today.tsx";

const HomeCharts = lazy(() => import("./HomeCharts.tsx"));

const STEPS = 8;

/** What waits for me today, by what my role may do; each number leads to exactly the list it counts. */
export function Home() {
  const { t } = useTranslation();
  const { actor } = useAppState();
  const may = useMay();
  const { figures, error, refetch } = useFigures();
  const setup = useSetupState(may("manage_settings"));
  const list = useSetUpList(setup.data);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!figures || (may("manage_settings") && !setup.data && !setup.error)) {
    return (
      <div className={styles.waiting}>
        <Skeleton lines={6} />
      </div>
    );
  }
  const of = (name: HomeNumber) => figures.get(name)?.count ?? 0;
  const people = of("contacts") + of("pending") + of("caseload");
  if (people === 0 && !list.isShown && (setup.data?.people ?? 0) === 0) return <EmptyDesk />;
  return (
    <Scrollable className={frame.scrollSized} label={t("start.home.title")}>
      <div className={styles.column}>
        <header className={styles.head}>
          <h2 className={styles.greeting}>{greeting(actor?.name ?? "")}</h2>
          <p className={styles.quiet}>{dayFormat({ dateStyle: "full" }).format(dayOf(Date.now()))}</p>
        </header>
        <RecoveryKeyUsed />
        <div className={styles.top}>
          <div className={styles.main}>
            {list.isShown && setup.data && <SetUpList setup={setup.data} onHide={list.hide} />}
            <HomeTiles figures={figures} />
            <Suspense>
              <HomeCharts />
            </Suspense>
            <LastSteps />
          </div>
          <Today figures={figures} />
        </div>
      </div>
    </Scrollable>
  );
}

function greeting(name: string): string {
  const hour = new Date().getHours();
  const first = name.split(" ")[0] ?? "";
  if (hour < 12) return i18next.t("start.home.morning", { name: first });
  return i18next.t(hour < 18 ? "start.home.afternoon" : "start.home.evening", { name: first });
}

/** For a week after the recovery key set a passcode: whoever did not do so must learn of it. */
function RecoveryKeyUsed() {
  const { t } = useTranslation();
  const use = useRecoveryUse(useMay()("view_audit_log")).data;
  if (!use) return null;
  return (
    <p className={styles.said}>
      <KeyRound size={16} strokeWidth={1.75} aria-hidden />
      <span>
        {emphasised(operationSentence(t, use))} <When at={use.at} />
      </span>
      <Link to="/history" search={{ kind: "security.recover" }}>
        {t("start.home.recoveryHistory")}
      </Link>
    </p>
  );
}

/** What changed last, for who may read the history. */
function LastSteps() {
  const { t } = useTranslation();
  const may = useMay()("view_audit_log");
  const steps = useLastSteps(STEPS, may);
  if (!may || steps.data?.rows.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="home-steps">
      <h3 id="home-steps" className={styles.heading}>
        {t("start.home.steps")}
      </h3>
      <ul>
        {steps.data?.rows.map((row) => {
          const Icon = iconOf(row.kind);
          return (
            <li key={row.id}>
              <Link to="/history" search={{ step: row.id }} className={styles.entry}>
                <span className={mark.round}>
                  <Icon size={14} strokeWidth={1.75} aria-hidden />
                </span>
                <span className={styles.sentence} data-undone={row.undone || undefined}>
                  {emphasised(operationSentence(t, row))}
                </span>
                <span className={styles.quiet}>
                  <When at={row.at} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <Link to="/history" search={{}} className={styles.more}>
        {t("start.home.stepsAll")} <ArrowRight size={14} aria-hidden />
      </Link>
    </section>
  );
}
