import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Activity } from "~/ipc";
import { timeOfDay } from "~/kit/i18n/days.ts";
import { day as dayText } from "~/kit/i18n/words.ts";
import { dayOf } from "~/kit/i18n/zone.ts";
import stack from "~/kit/layout/Stack.module.css";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Activities.module.css";
import { textOf, whenOf } from "./facts.ts";
import { useMyDay } from "./queries.ts";
import { TaskDone } from "./TaskParts.tsx";

/** Most tasks of one list here; the number above leads to all of them. */
const MOST = 6;

/** The meetings ahead, then my tasks that are overdue or due today, and reminders that have come. */
export function MyDay({ more }: { more: string }) {
  const { t } = useTranslation();
  const day = useMyDay().data;
  if (!day) return null;
  const lists = [
    ["meetings", day.meetings],
    ["overdue", day.overdue],
    ["today", day.today],
    ["reminders", day.reminders],
  ] as const;
  if (lists.every(([, list]) => list.length === 0)) return null;
  return (
    <>
      <div className={`${stack.by12} ${styles.day}`}>
        {lists.map(
          ([name, list]) =>
            list.length > 0 && (
              <div key={name} data-day={name}>
                <h4 className={styles.dayHeading}>{t(`activities.day.${name}`)}</h4>
                <ul>
                  {list.slice(0, MOST).map((activity) => (
                    <li key={activity.id}>
                      <ToDo activity={activity} />
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )}
      </div>
      <Link to="/tasks" search={{}} className={more}>
        {t("activities.day.all")} <ArrowRight size={14} aria-hidden />
      </Link>
    </>
  );
}

/** When a meeting is: of one today the time on the institution’s clock, of others as it was agreed on. */
function meetsAt(activity: Activity): string | null {
  const { starts_at: starts } = activity.values;
  const isToday = typeof starts === "number" && dayOf(starts) === dayOf(Date.now());
  return isToday ? timeOfDay(starts) : whenOf(activity);
}

/** One line: what, with whom, when. That it is overdue says the heading. */
function ToDo({ activity }: { activity: Activity }) {
  const { contact } = activity.values;
  const due = textOf(activity, "due_on");
  return (
    <div className={styles.toDo}>
      {activity.kind === "task" && <TaskDone activity={activity} />}
      <span className={styles.toDoWords}>
        <span className={styles.name} title={activity.name}>
          {activity.name}
        </span>
        {typeof contact === "string" && activity.names.contact && (
          <RecordLink kind="contact" id={contact} name={activity.names.contact} />
        )}
      </span>
      <span className={styles.toDoWhen}>
        {activity.kind === "task" ? activity.due === "overdue" && due && dayText(due) : meetsAt(activity)}
      </span>
    </div>
  );
}
