import { useTranslation } from "react-i18next";
import { call, commandError, commands, type Id, progressChannel, type RecordKind, type Selection } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { countOf } from "~/kit/i18n/words.ts";
import { useAnnounce } from "~/session/undo.ts";

/** Deletes, restores and erases, and says so. Each resolves to whether it was done. */
export function useTrash() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const stop = () => void commands.operationCancel();

  const remove = async (kind: RecordKind, selection: Selection, name: string | null): Promise<boolean> => {
    try {
      const done = await runTask(
        t("trash.running.delete"),
        (onProgress) => call(commands.delete(kind, selection, progressChannel(onProgress))),
        stop,
      );
      const sentences = [
        name !== null && done.changed === 1
          ? t("trash.deleted.one", { name })
          : t("trash.deleted.many", { what: countOf(kind, done.changed) }),
      ];
      if (done.skipped > 0) sentences.push(t("trash.deleted.skipped", { count: done.skipped }));
      announce(
        done.operation,
        sentences.join(" "),
        name !== null && done.changed === 1
          ? t("trash.deleted.again", { name })
          : t("trash.deleted.againMany", { what: countOf(kind, done.changed), count: done.changed }),
      );
      return true;
    } catch (error) {
      toastError(error);
      return false;
    }
  };

  const restore = async (kind: RecordKind, ids: Id[], name: string | null): Promise<boolean> => {
    try {
      const done = await runTask(t("trash.running.restore"), () => call(commands.restore(kind, ids)));
      announce(
        done.operation,
        name !== null && done.changed === 1
          ? t("trash.restored.one", { name })
          : t("trash.restored.many", { what: countOf(kind, done.changed) }),
        name !== null && done.changed === 1
          ? t("trash.restored.again", { name })
          : t("trash.restored.againMany", { what: countOf(kind, done.changed), count: done.changed }),
      );
      return true;
    } catch (thrown) {
      const error = commandError(thrown);
      const taken = error.code === "validation" && error.fields.find(({ problem }) => problem.kind === "in_use");
      if (taken && taken.problem.kind === "in_use") toast(t("trash.restored.taken", { by: taken.problem.by }));
      else toastError(thrown);
      return false;
    }
  };

  const erase = async (kind: RecordKind, ids: Id[], name: string | null): Promise<boolean> => {
    try {
      const done = await runTask(
        t("trash.running.erase"),
        (onProgress) => call(commands.erase(kind, ids, progressChannel(onProgress))),
        stop,
      );
      // An erasure can't be taken back, so no Undo is offered.
      const erased =
        name !== null && done.changed === 1
          ? t("trash.erased.one", { name })
          : t("trash.erased.many", { what: countOf(kind, done.changed) });
      announce(null, done.traces ? `${erased} ${t(`trash.traces.${done.traces}`)}` : erased);
      return true;
    } catch (error) {
      toastError(error);
      return false;
    }
  };

  return { remove, restore, erase };
}
