import { useTranslation } from "react-i18next";
import { call, commands, type Done, type Id, type Progress, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { countOf } from "~/kit/i18n/words.ts";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useAnnounce } from "~/session/undo.ts";

type Run = (target: BulkTarget, progress: (at: Progress) => void) => Promise<Done>;

/** Changes users, one or many, and says so. Each resolves once it is done or has failed. */
export function useStudentActs() {
  const { t } = useTranslation();
  const announce = useAnnounce();

  const act = async (
    target: BulkTarget,
    label: string,
    run: Run,
    words: (done: Done) => string,
    again: (done: Done) => string,
  ) => {
    try {
      const done = await runTask(
        label,
        (onProgress) => run(target, onProgress),
        () => void commands.operationCancel(),
      );
      target.done();
      announce(done.operation, words(done), again(done));
    } catch (error) {
      toastError(error);
    }
  };

  const assignedAgain = ({ name }: BulkTarget, count: number) =>
    name === null ? t("students.assign.again", { count }) : t("students.assign.againOne", { user: name });

  return {
    assign: (target: BulkTarget, to: { id: Id; name: string } | null) =>
      act(
        target,
        t("students.assign.running"),
        ({ selection }, progress) =>
          call(commands.studentsAssign(selection, to?.id ?? null, progressChannel(progress))),
        ({ changed: count }) =>
          count === 0
            ? to
              ? t("students.assign.same", { name: to.name })
              : t("students.assign.sameNobody")
            : to
              ? target.name === null
                ? t("students.assign.done", { count, name: to.name })
                : t("students.assign.doneOne", { user: target.name, name: to.name })
              : target.name === null
                ? t("students.assign.doneNobody", { count })
                : t("students.assign.doneNobodyOne", { user: target.name }),
        ({ changed }) => assignedAgain(target, changed),
      ),
    spread: (target: BulkTarget, among: { id: Id }[]) =>
      act(
        target,
        t("students.assign.running"),
        ({ selection }, progress) =>
          call(
            commands.studentsSpread(
              selection,
              among.map(({ id }) => id),
              progressChannel(progress),
            ),
          ),
        ({ changed: count }) =>
          count === 0
            ? t("students.assign.sameSpread")
            : t("students.assign.doneSpread", { count: target.count, people: among.length }),
        ({ changed }) => assignedAgain(target, changed),
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
              [to ? { change: "set", field: "user_group", value: to.id } : { change: "clear", field: "user_group" }],
              progressChannel(progress),
            ),
          ),
        ({ changed: count }) =>
          count === 0
            ? to
              ? t("students.move.same", { name: to.name })
              : t("students.move.sameNone")
            : to
              ? target.name === null
                ? t("students.move.done", { count, name: to.name })
                : t("students.move.doneOne", { user: target.name, name: to.name })
              : target.name === null
                ? t("students.move.doneNone", { count })
                : t("students.move.doneNoneOne", { user: target.name }),
        ({ changed }) => t("shell.undo.changes", { what: target.name ?? countOf("student", changed) }),
      ),
    deactivate: (target: BulkTarget) =>
      act(
        target,
        t("students.deactivate.running"),
        ({ selection }, progress) => call(commands.studentsDeactivate(selection, progressChannel(progress))),
        ({ changed: count }) =>
          target.name === null || count === 0
            ? t("students.deactivate.done", { count })
            : t("students.deactivate.doneOne", { user: target.name }),
        ({ changed: count }) =>
          target.name === null
            ? t("students.deactivate.againMany", { count })
            : t("students.deactivate.again", { user: target.name }),
      ),
    reactivate: (target: BulkTarget) =>
      act(
        target,
        t("students.reactivate.running"),
        ({ selection }, progress) => call(commands.studentsReactivate(selection, progressChannel(progress))),
        ({ changed: count }) =>
          target.name === null || count === 0
            ? t("students.reactivate.done", { count })
            : t("students.reactivate.doneOne", { user: target.name }),
        ({ changed: count }) =>
          target.name === null
            ? t("students.reactivate.againMany", { count })
            : t("students.reactivate.again", { user: target.name }),
      ),
  };
}
