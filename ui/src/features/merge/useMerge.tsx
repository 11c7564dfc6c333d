import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { runTask } from "~/components/Tasks.tsx";
import { toastError } from "~/components/Toast.tsx";
import { call, commands, type Id } from "~/ipc";
import { useAnnounce } from "../shell/undo.ts";

const MergeDialog = lazy(() => import("./MergeDialog.tsx"));

export type MergeRequest = {
  kind: "contact" | "employer";
  /** What is merged; where it is one, the dialog asks for the other. The first one stays unless somebody says otherwise. */
  ids: Id[];
  /** This pending contact is approved into another one (B4): it never stays itself. */
  into?: Id;
  /** Called with the one that stayed. */
  onDone?: (survivor: Id) => void;
  onClose?: () => void;
};

/** What the dialog settled. */
export type Settled = {
  survivor: Id;
  name: string;
  others: { id: Id; name: string }[];
  choices: { [field: string]: Id };
};

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
