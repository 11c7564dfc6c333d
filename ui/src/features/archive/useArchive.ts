import { useTranslation } from "react-i18next";
import { type ArchiveWay, call, commands, type Done, progressChannel, type Revival, type Selection } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { countOf } from "~/kit/i18n/words.ts";
import { useAnnounce } from "~/session/undo.ts";

type Words = { running: string; done: (done: Done) => string; undone: (done: Done) => string };
type OnProgress = Parameters<typeof progressChannel>[0];

/** Archives, revives and sets AutoSync, each with its words and Undo. */
export function useArchive() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const run = async (words: Words, work: (onProgress: OnProgress) => Promise<Done>, onDone?: () => void) => {
    try {
      const done = await runTask(words.running, work, () => void commands.operationCancel());
      onDone?.();
      announce(done.operation, words.done(done), words.undone(done));
    } catch (error) {
      toastError(error);
    }
  };
  return {
    archive: (selection: Selection, way: ArchiveWay, name: string | null, onDone?: () => void) =>
      run(
        {
          running: t("archive.running"),
          done: ({ changed }) =>
            name === null ? t("archive.done.many", { count: changed }) : t("archive.done.one", { name }),
          undone: ({ changed }) => t("shell.undo.changes", { what: name ?? countOf("contact", changed) }),
        },
        (onProgress) => call(commands.contactsArchive(selection, way, progressChannel(onProgress))),
        onDone,
      ),
    revive: (selection: Selection, revival: Revival, name: string | null, onDone?: () => void) =>
      run(
        {
          running: t("archive.revive.running"),
          done: ({ changed }) =>
            name === null ? t("archive.revive.done.many", { count: changed }) : t("archive.revive.done.one", { name }),
          undone: ({ changed }) =>
            name === null
              ? t("archive.revive.undone.many", { count: changed })
              : t("archive.revive.undone.one", { name }),
        },
        (onProgress) => call(commands.contactsRevive(selection, revival, progressChannel(onProgress))),
        onDone,
      ),
    autoSync: (selection: Selection, on: boolean, name: string | null, onDone?: () => void) =>
      run(
        {
          running: t("archive.sync.running"),
          done: ({ changed }) =>
            name === null
              ? t(on ? "archive.sync.doneOn" : "archive.sync.doneOff", { count: changed })
              : t(on ? "archive.sync.doneOnOne" : "archive.sync.doneOffOne", { name }),
          undone: ({ changed }) =>
            name === null
              ? t(on ? "archive.sync.undone.on" : "archive.sync.undone.off", { count: changed })
              : t(on ? "archive.sync.undone.onOne" : "archive.sync.undone.offOne", { name }),
        },
        (onProgress) => call(commands.contactsAutoSync(selection, on, progressChannel(onProgress))),
        onDone,
      ),
  };
}
