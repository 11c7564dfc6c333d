import { useTranslation } from "react-i18next";
import { call, commands, type Id, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";

/** What was done in this window and can be taken back with Ctrl+Z, the latest last. */
const done: { operation: Id; words: string }[] = [];

/** Takes back one operation, keeping what somebody changed since, and says so. */
export function useUndo() {
  const { t } = useTranslation();
  return async (operation: Id, words: string) => {
    const at = done.findIndex((entry) => entry.operation === operation);
    if (at >= 0) done.splice(at, 1);
    try {
      const result = await runTask(
        t("shell.undo.running"),
        (onProgress) => call(commands.undo(operation, "keep_later_changes", progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      toast(
        result.skipped > 0 ? t("shell.undo.partly", { words, count: result.skipped }) : t("shell.undo.done", { words }),
      );
    } catch (error) {
      toastError(error);
    }
  };
}

/** Says what was done, with Undo, and remembers it for Ctrl+Z. Call it after every change. */
export function useAnnounce() {
  const undo = useUndo();
  return (operation: Id | null, words: string) => {
    if (operation === null) return toast(words);
    done.push({ operation, words });
    toast(words, () => void undo(operation, words));
  };
}

export function useUndoLast() {
  const { t } = useTranslation();
  const undo = useUndo();
  return () => {
    const last = done.at(-1);
    if (last) void undo(last.operation, last.words);
    else toast(t("shell.undo.nothing"));
  };
}
