import { Link, useNavigate } from "@tanstack/react-router";
import { ArrowRight, FileInput, FlaskConical, Sprout } from "lucide-react";
import { useMemo } from "react";
import { Trans, useTranslation } from "react-i18next";
import { type Condition, call, commands, progressChannel } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Button } from "~/kit/components/Button.tsx";
import { Menu, MenuItem } from "~/kit/components/Menu.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { EmptyState, ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { When } from "~/kit/components/When.tsx";
import { i18next } from "~/kit/i18n/index.ts";
import { choiceLabel, count } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import mark from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import { useAppState, useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { MyDay } from "../activities/MyDay.tsx";
import { emphasised } from "../history/emphasis.tsx";
import { iconOf } from "../history/icons.ts";
import { operationSentence } from "../history/sentence.ts";
import styles from "./Home.module.css";
import { useGlance, useLastSteps } from "./homeQueries.ts";
import { SAMPLE_SIZES } from "./samples.ts";

const WEEK = 7 * 86_400_000;
const STEPS = 8;
const WAITING = 8;
const PENDING: Condition = { field: "approval", op: "is", values: ["pending"] };

/** What waits for me today; each number leads to its list. */
export function Home() {
  const { t } = useTranslation();
  const { actor } = useAppState();
  const may = useMay();
  const canSeeSteps = may("view_audit_log");
  // The start of the day a week ago: the same question all day long.
  const lastWeek = useMemo(() => {
    const midnight = new Date(Date.now() - WEEK);
    midnight.setHours(0, 0, 0, 0);
    return { field: "created_at", op: "after" as const, values: [String(midnight.getTime())] };
  }, []);
  const oldestFirst = [{ field: "created_at", descending: false }];
  const pending = useGlance("queue", { kind: "contact", search: "", filter: [PENDING], sort: oldestFirst }, WAITING, [
    "source",
    "employer",
    "created_at",
  ]);
  const contacts = useGlance("contacts", { kind: "contact", search: "", filter: [], sort: [] });
  const newContacts = useGlance("contacts", { kind: "contact", search: "", filter: [lastWeek], sort: [] });
  const employers = useGlance("employers", { kind: "employer", search: "", filter: [], sort: [] });
  const newEmployers = useGlance("employers", { kind: "employer", search: "", filter: [lastWeek], sort: [] });
  const steps = useLastSteps(STEPS, canSeeSteps);

  if (pending.error) return <ErrorState error={pending.error} onRetry={() => void pending.refetch()} />;
  if (!pending.data || !contacts.data || !employers.data) {
    return (
      <div className={styles.waiting}>
        <Skeleton lines={6} />
      </div>
    );
  }
  if (pending.data.total + contacts.data.total === 0) return <EmptyDesk />;
  const oldest = pending.data.rows[0]?.cells[2]?.value;
  return (
    <Scrollable className={frame.scrollSized} label={t("start.home.title")}>
      <div className={styles.column}>
        <header>
          <h2 className={styles.greeting}>{greeting(actor?.name ?? "")}</h2>
          <p className={styles.quiet}>
            {new Intl.DateTimeFormat(i18next.language, { dateStyle: "full" }).format(Date.now())}
          </p>
        </header>
        <ul className={styles.numbers} aria-label={t("start.home.numbers")}>
          <li>
            <Link
              to="/notifications/contacts"
              search={{}}
              className={styles.tile}
              data-waits={pending.data.total > 0 || undefined}
            >
              <span className={styles.number}>{count(pending.data.total)}</span>
              <span className={styles.label}>{t("start.home.pending", { count: pending.data.total })}</span>
              <span className={styles.quiet}>
                {typeof oldest === "number" ? (
                  <Trans i18nKey="start.home.oldest" components={{ when: <When at={oldest} /> }} />
                ) : (
                  t("start.home.pendingNone")
                )}
              </span>
            </Link>
          </li>
          <li>
            <Link to="/contacts" search={{}} className={styles.tile}>
              <span className={styles.number}>{count(contacts.data.total)}</span>
              <span className={styles.label}>{t("start.home.contacts", { count: contacts.data.total })}</span>
              <span className={styles.quiet}>
                {newContacts.data && t("start.home.newContacts", { count: newContacts.data.total })}
              </span>
            </Link>
          </li>
          <li>
            <Link to="/employers" search={{}} className={styles.tile}>
              <span className={styles.number}>{count(employers.data.total)}</span>
              <span className={styles.label}>{t("start.home.employers", { count: employers.data.total })}</span>
              <span className={styles.quiet}>
                {newEmployers.data && t("start.home.newEmployers", { count: newEmployers.data.total })}
              </span>
            </Link>
          </li>
        </ul>
        <div className={styles.lists}>
          <MyDay classes={{ section: styles.section ?? "", heading: styles.heading ?? "", more: styles.more ?? "" }} />
          {pending.data.total > 0 && (
            <section className={styles.section} aria-labelledby="home-waiting">
              <h3 id="home-waiting" className={styles.heading}>
                {t("start.home.waiting")}
              </h3>
              <ul>
                {pending.data.rows.map((row) => {
                  const [source, employer, at] = row.cells;
                  return (
                    <li key={row.id}>
                      <Link to="/contacts/$id" params={{ id: row.id }} search={{}} className={styles.entry}>
                        <Avatar name={row.name} />
                        <span className={`${stack.words} ${styles.entryWords}`}>
                          <span className={styles.name}>{row.name}</span>
                          <span className={styles.quiet}>
                            {[typeof source?.value === "string" && choiceLabel("source", source.value), employer?.text]
                              .filter(Boolean)
                              .join(" · ")}
                          </span>
                        </span>
                        <span className={styles.quiet}>{typeof at?.value === "number" && <When at={at.value} />}</span>
                      </Link>
                    </li>
                  );
                })}
              </ul>
              <Link to="/notifications/contacts" search={{}} className={styles.more}>
                {t("start.home.waitingAll")} <ArrowRight size={14} aria-hidden />
              </Link>
            </section>
          )}
          {canSeeSteps && (
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
          )}
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

/** Nothing here yet: bring contacts in, or look around with invented ones. */
function EmptyDesk() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const announce = useAnnounce();
  const addSample = async (size: number) => {
    try {
      const done = await runTask(
        t("start.home.sampleRunning"),
        (onProgress) => call(commands.sampleCreate(size, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      announce(done.operation, t("start.home.sampleAdded", { count: done.contacts }));
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <EmptyState
      icon={Sprout}
      action={
        may("import_contacts") && (
          <div className={styles.acts}>
            <Button variant="primary" icon={FileInput} onPress={() => void navigate({ to: "/import", search: {} })}>
              {t("start.home.import")}
            </Button>
            <Menu
              label={t("start.home.sample")}
              placement="bottom"
              trigger={<Button icon={FlaskConical}>{t("start.home.sample")}</Button>}
            >
              {SAMPLE_SIZES.map((size) => (
                <MenuItem key={size} onAction={() => void addSample(size)}>
                  {t("start.home.sampleSize", { count: size })}
                </MenuItem>
              ))}
            </Menu>
            <Button variant="quiet" onPress={() => void navigate({ to: "/contacts", search: {} })}>
              {t("start.home.addContact")}
            </Button>
          </div>
        )
      }
    >
      {t("start.home.empty")}
    </EmptyState>
  );
}
