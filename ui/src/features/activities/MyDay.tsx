import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Activity } from "~/ipc";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Activities.module.css";
import { whenOf } from "./facts.ts";
import { useMyDay } from "./queries.ts";
import { DueWords, TaskDone } from "./TaskParts.tsx";

type Props = { classes: { section: string; heading: string; more: string } };

/** My tasks that are overdue or due today, reminders that have come, and the meetings ahead. Nothing where there is none. */
export function MyDay({ classes }: Props) {
  const { t } = useTranslation();
  const day = useMyDay().data;
  if (!day) return null;
  const lists = [
    ["overdue", day.overdue],
    ["today", day.today],
    ["reminders", day.reminders],
    ["meetings", day.meetings],
  ] as const;
  if (lists.every(([, list]) => list.length === 0)) return null;
  return (
    <section className={classes.section} aria-labelledby="home-day">
      <h3 id="home-day" className={classes.heading}>
        {t("activities.day.title")}
      </h3>
      <div className={`${stack.by12} ${styles.day}`}>
        {lists.map(
          ([name, list]) =>
            list.length > 0 && (
              <div key={name}>
                <h4 className={styles.dayHeading}>{t(`activities.day.${name}`)}</h4>
                <ul>
                  {list.map((activity) => (
                    <li key={activity.id}>
                      <ToDo activity={activity} />
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )}
      </div>
      <Link to="/tasks" search={{}} className={classes.more}>
        {t("activities.day.all")} <ArrowRight size={14} aria-hidden />
      </Link>
    </section>
  );
}

function ToDo({ activity }: { activity: Activity }) {
  const { contact } = activity.values;
  return (
    <div className={styles.activity}>
      {activity.kind === "task" && <TaskDone activity={activity} />}
      <div className={styles.head}>
        <span className={styles.name}>{activity.name}</span>
        {typeof contact === "string" && activity.names.contact && (
          <RecordLink kind="contact" id={contact} name={activity.names.contact} />
        )}
        {activity.kind === "task" ? <DueWords activity={activity} /> : <span>{whenOf(activity)}</span>}
      </div>
    </div>
  );
}
