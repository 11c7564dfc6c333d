import { useTranslation } from "react-i18next";
import { call, commands, progressChannel, type RecordKind, type Selection, type Sending } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";

/** Invites or reminds, and says so; `words` of what came of it. */
export function useSend() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return async (kind: RecordKind, selection: Selection, sending: Sending, words: (sent: number) => string) => {
    try {
      const done = await runTask(
        t(sending === "reminder" ? "invitations.remind.running" : "invitations.invite.running"),
        (onProgress) => call(commands.invitationsSend(kind, selection, sending, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      announce(done.operation, words(done.sent), t("invitations.undone", { count: done.sent }));
      return true;
    } catch (error) {
      toastError(error);
      return false;
    }
  };
}
