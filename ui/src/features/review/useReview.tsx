import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, progressChannel, type ReviewAction } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";
import type { ReviewRequest } from "./request.ts";
import { doneWords, undoneWords } from "./words.ts";

const ReviewDialog = lazy(() => import("./ReviewDialog.tsx"));

/**
 * Approves and rejects. `ask` first says what will happen; `act` does it at once (approve and reject of one contact,
 * where Undo is one key away).
 */
export function useReview(): {
  ask: (request: ReviewRequest) => void;
  act: (request: ReviewRequest) => void;
  dialog: ReactNode;
} {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [asked, setAsked] = useState<ReviewRequest | null>(null);

  const run = async (request: ReviewRequest, action: ReviewAction, role = "", decided?: number) => {
    setAsked(null);
    try {
      const done = await runTask(
        t(`review.running.${request.action}`),
        (onProgress) => call(commands.contactsReview(request.selection, action, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      request.onDone?.();
      const result = { ...request, role, decided: decided ?? done.changed };
      announce(
        done.operation,
        doneWords(t, request.action, done, result),
        undoneWords(t, request.action, done, result),
        request.onUndone,
      );
    } catch (error) {
      request.onFailed?.();
      toastError(error);
    }
  };

  return {
    ask: setAsked,
    act: (request) => {
      if (request.action === "approve_and_assign") setAsked(request);
      else void run(request, { action: request.action });
    },
    dialog: asked && (
      <Suspense>
        <ReviewDialog
          request={asked}
          onClose={() => setAsked(null)}
          onConfirm={(action, role, decided) => void run(asked, action, role, decided)}
        />
      </Suspense>
    ),
  };
}
