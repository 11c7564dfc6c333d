import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, progressChannel } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";

/** What was done in this window and can be undone with Ctrl+Z, the latest last. */
const done: Done[] = [];

type Done = {
  operation: Id;
  words: string;
  again: string | undefined;
  /** The path of the page it was done on. */
  page: string | undefined;
  onUndone: (() => void) | undefined;
};

/**
 * Undoes one operation, keeping what somebody changed since, and says so: `again` is what is true again
 * ("Dana Reyes is pending again."); without it, `words` name what was undone.
 */
export function useUndo() {
  const { t } = useTranslation();
  return async (operation: Id, words: string, again?: string) => {
    const at = done.findIndex((entry) => entry.operation === operation);
    const entry = at >= 0 ? done.splice(at, 1)[0] : undefined;
    try {
      const result = await runTask(
        t("shell.undo.running"),
        (onProgress) => call(commands.undo(operation, "keep_later_changes", progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      // Somebody changed all of it since, or it can't be undone any longer, such as a message that was sent.
      if (result.operation === null) return toast(t("shell.undo.none"));
      entry?.onUndone?.();
      // Where some of it stays, `again` would not be true of all.
      toast(
        result.skipped > 0
          ? t("shell.undo.partly", { words, count: result.skipped })
          : again
            ? t("shell.undo.again", { again })
            : t("shell.undo.done", { words }),
      );
    } catch (error) {
      toastError(error);
    }
  };
}

/**
 * Says what was done, with Undo, and remembers it for Ctrl+Z. Call it after every change. `onUndone` is called once it
 * was undone, for example to go back to the record.
 */
export function useAnnounce() {
  const undo = useUndo();
  const router = useRouter({ warn: false });
  return (operation: Id | null, words: string, again?: string, onUndone?: () => void) => {
    if (operation === null) return toast(words);
    done.push({ operation, words, again, page: router?.state.location.pathname, onUndone });
    toast(words, () => void undo(operation, words, again));
  };
}

/** Undoes the last thing that was done; with `only`, the last one on that page, or says that there is none. */
export function useUndoLast(only?: { page: string; nothing: string }) {
  const { t } = useTranslation();
  const undo = useUndo();
  return () => {
    const last = only ? done.findLast(({ page }) => page === only.page) : done.at(-1);
    if (last) void undo(last.operation, last.words, last.again);
    else toast(only?.nothing ?? t("shell.undo.nothing"));
  };
}
