import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";

import type { MergeRequest, Settled } from "./request.ts";

const MergeDialog = lazy(() => import("./MergeDialog.tsx"));

/** Merges contacts or employers after showing them side by side. */
export function useMerge(): { ask: (request: MergeRequest) => void; dialog: ReactNode } {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [asked, setAsked] = useState<MergeRequest | null>(null);

  const run = async (request: MergeRequest, { survivor, name, others, choices }: Settled) => {
    setAsked(null);
    const ids = others.map((other) => other.id);
    try {
      const done = await runTask(t("merge.running"), () =>
        call(
          request.kind === "employer"
            ? commands.employersMerge(survivor, ids, choices)
            : commands.contactsMerge(survivor, ids, choices),
        ),
      );
      request.onDone?.(survivor);
      announce(
        done.operation,
        request.into
          ? t("merge.done.into", { other: others[0]?.name ?? "", name })
          : t(`merge.done.${request.kind}`, { count: others.length + 1, name }),
        request.into
          ? t("merge.undone.into", { other: others[0]?.name ?? "" })
          : t(`merge.undone.${request.kind}`, { count: others.length + 1 }),
        request.onUndone,
      );
    } catch (error) {
      request.onClose?.();
      toastError(error);
    }
  };

  return {
    ask: setAsked,
    dialog: asked && (
      <Suspense>
        <MergeDialog
          request={asked}
          onClose={() => {
            setAsked(null);
            asked.onClose?.();
          }}
          onConfirm={(settled) => void run(asked, settled)}
        />
      </Suspense>
    ),
  };
}
