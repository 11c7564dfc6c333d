import { StickyNote } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Activity } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import { When } from "~/kit/components/When.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import { RecordLink } from "~/records/pages.tsx";
import styles from "./Activities.module.css";
import { factsOf, textOf } from "./facts.ts";
import { ACTIVITY_KINDS, type ActivityKind, isActivityKind } from "./kinds.ts";
import { DueWords, TaskDone } from "./TaskParts.tsx";
import { useActivityActs } from "./useActivityActs.tsx";

/** One thing that happened with a contact or an employer; `owner` is whose page it is on. */
export function Entry({ activity, owner, may }: { activity: Activity; owner: string; may?: boolean }) {
  const { t } = useTranslation();
  const { kind, names, participation } = activity;
  const Icon = isActivityKind(kind) ? ACTIVITY_KINDS[kind].icon : StickyNote;
  const body = textOf(activity, "description") ?? textOf(activity, "text");
  const student = textOf(activity, "student");
  const facts = kind === "note" || kind === "task" ? [] : factsOf(activity, owner);
  return (
    <div className={styles.activity} data-kind={kind}>
      {kind === "task" ? (
        <TaskDone activity={activity} {...(may === undefined ? {} : { may })} />
      ) : (
        <span className={styles.icon}>
          <Icon size={16} strokeWidth={1.75} aria-hidden />
        </span>
      )}
      <div className={styles.body}>
        <div className={styles.head}>
          <span className={styles.name} data-done={activity.due === "done" || undefined}>
            {kind === "note" ? (
              (names.author ?? t("history.someone"))
            ) : (
              <RecordLink kind={kind} id={activity.id} name={activity.name} />
            )}
          </span>
          {kind === "note" && activity.at !== null && <When at={activity.at} />}
          {activity.edited && <span>{t("profile.notes.edited")}</span>}
          {kind === "task" && <DueWords activity={activity} />}
          {kind === "task" && student && <span>{t("activities.ofStudent", { name: student })}</span>}
          {names.assignee && <span>{names.assignee}</span>}
        </div>
        {facts.length > 0 && <p className={styles.quiet}>{facts.join(" · ")}</p>}
        {participation && (
          <div className={styles.chips}>
            <Chip>{choiceLabel("part", participation.part)}</Chip>
            {participation.status !== "" && <Chip>{choiceLabel("status", participation.status)}</Chip>}
          </div>
        )}
        {activity.participants > 0 && (
          <p className={styles.quiet}>{t("activities.people.count", { count: activity.participants })}</p>
        )}
        {body && <p className={styles.text}>{body}</p>}
      </div>
      {isActivityKind(kind) && <Acts activity={activity} kind={kind} may={may} />}
    </div>
  );
}

type ActsProps = { activity: Activity; kind: ActivityKind; may: boolean | undefined };

function Acts({ activity: { id, name }, kind, may }: ActsProps) {
  const { menu, dialogs } = useActivityActs({ kind, id, name, may });
  return (
    <div className={styles.tools}>
      {menu}
      {dialogs}
    </div>
  );
}
