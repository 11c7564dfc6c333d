import { useTranslation } from "react-i18next";
import { call, commands, type Done, type Id, type Progress, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useAnnounce } from "~/session/undo.ts";

type Run = (target: BulkTarget, progress: (at: Progress) => void) => Promise<Done>;

/** Changes users, one or many, and says so. Each resolves once it is done or has failed. */
export function useStudentActs() {
  const { t } = useTranslation();
  const announce = useAnnounce();

  const act = async (target: BulkTarget, label: string, run: Run, words: (done: Done) => string) => {
    try {
      const done = await runTask(
        label,
        (onProgress) => run(target, onProgress),
        () => void commands.operationCancel(),
      );
      target.done();
      announce(done.operation, words(done));
    } catch (error) {
      toastError(error);
    }
  };

  return {
    assign: (target: BulkTarget, to: { id: Id; name: string } | null) =>
      act(
        target,
        t("students.assign.running"),
        ({ selection }, progress) =>
          call(commands.studentsAssign(selection, to?.id ?? null, progressChannel(progress))),
        ({ changed: count }) =>
          count === 0
            ? t("students.assign.same")
            : to
              ? t("students.assign.done", { count, name: to.name })
              : t("students.assign.doneNobody", { count }),
      ),
    move: (target: BulkTarget, to: { id: Id; name: string } | null) =>
      act(
        target,
        t("students.move.running"),
        ({ selection }, progress) =>
          call(
            commands.bulkUpdate(
              "student",
              selection,
              to ? { change: "set", field: "user_group", value: to.id } : { change: "clear", field: "user_group" },
              progressChannel(progress),
            ),
          ),
        ({ changed: count }) =>
          count === 0
            ? t("students.move.same")
            : to
              ? t("students.move.done", { count, name: to.name })
              : t("students.move.doneNone", { count }),
      ),
    deactivate: (target: BulkTarget) =>
      act(
        target,
        t("students.deactivate.running"),
        ({ selection }, progress) => call(commands.studentsDeactivate(selection, progressChannel(progress))),
        ({ changed: count }) => t("students.deactivate.done", { count }),
      ),
    reactivate: (target: BulkTarget) =>
      act(
        target,
        t("students.reactivate.running"),
        ({ selection }, progress) => call(commands.studentsReactivate(selection, progressChannel(progress))),
        ({ changed: count }) => t("students.reactivate.done", { count }),
      ),
  };
}
