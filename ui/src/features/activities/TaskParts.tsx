import { useTranslation } from "react-i18next";
import { type Activity, call, commands } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { day } from "~/kit/i18n/words.ts";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { textOf } from "./facts.ts";

/** Completes a task, or opens it again. */
export function TaskDone({ activity, may: asked }: { activity: Activity; may?: boolean }) {
  const { t } = useTranslation();
  const mayEdit = useMay()("edit_contacts");
  const may = asked ?? mayEdit;
  const announce = useAnnounce();
  const { id, name, due } = activity;
  const set = async (done: boolean) => {
    try {
      const step = await call(commands.tasksComplete([id], done));
      announce(
        step.operation,
        t(done ? "activities.completed" : "activities.reopened", { name }),
        t(done ? "activities.reopenedAgain" : "activities.completedAgain", { name }),
      );
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Checkbox
      aria-label={t("activities.complete", { name })}
      isSelected={due === "done"}
      isDisabled={!may}
      onChange={(done) => void set(done)}
    />
  );
}

/** How a task stands today; what is past or due has a chip. */
export function DueWords({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const on = textOf(activity, "due_on");
  const { due } = activity;
  if (due === "overdue" && on) return <Chip tone="bad">{t("activities.due.overdue", { day: day(on) })}</Chip>;
  if (due === "today") return <Chip tone="waits">{t("activities.due.today")}</Chip>;
  if (due === "done") return <Chip tone="good">{t("activities.due.done")}</Chip>;
  return on ? <span>{t("activities.due.later", { day: day(on) })}</span> : null;
}
