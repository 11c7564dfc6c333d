import { Check, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import row from "~/kit/layout/Row.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";

/** What employers post in the portal and staff answer: the status that waits, and the two answers. */
export const WAITING = {
  interview_schedule: { waits: "requested", yes: "confirmed", no: "declined" },
  job_listing: { waits: "submitted", yes: "open", no: "declined" },
} as const;
export type WaitingKind = keyof typeof WAITING;

/** Whether a record waits for an answer of staff. */
export function isWaiting(kind: string, status: unknown): kind is WaitingKind {
  return kind in WAITING && WAITING[kind as WaitingKind].waits === status;
}

/** The two answers to what an employer posted, each one click that can be undone. */
export function Answer({ kind, id, name }: { kind: WaitingKind; id: Id; name: string }) {
  const { t } = useTranslation();
  const may = useMay()("edit_contacts");
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  if (!may) return null;
  const { waits, yes, no } = WAITING[kind];
  const answer = async (status: string, words: string) => {
    setBusy(true);
    try {
      const edit = { field: "status", before: waits, after: status };
      const done = await call(commands.recordEdit(kind, id, [edit]));
      announce(done.operation, words, t(`activities.answer.${kind}.again`, { name }));
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className={row.center}>
      <Button
        size="small"
        icon={Check}
        isDisabled={isBusy}
        aria-label={t(`activities.answer.${kind}.yesTo`, { name })}
        onPress={() => void answer(yes, t(`activities.answer.${kind}.yesDone`, { name }))}
      >
        {t(`activities.answer.${kind}.yes`)}
      </Button>
      <Button
        size="small"
        variant="quiet"
        icon={X}
        isDisabled={isBusy}
        aria-label={t("activities.answer.declineOf", { name })}
        onPress={() => void answer(no, t("activities.answer.declined", { name }))}
      >
        {t("activities.answer.decline")}
      </Button>
    </span>
  );
}
