import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ConflictChoice, type ConflictRow, call, commands, type Id } from "~/ipc";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { fieldLabel } from "~/kit/i18n/words.ts";
import { useAnnounce } from "~/session/undo.ts";

/** What names a conflict among others. */
export function conflictKey({ record, field }: ConflictRow): string {
  return `${record} ${field}`;
}

/** Chooses one of the values of a conflict. */
export function choiceOf({ kind, record, field }: ConflictRow, operation: Id): ConflictChoice {
  return { kind, record, field, operation };
}

/** Of each conflict the value that is there now. */
export function keeping(conflicts: ConflictRow[]): ConflictChoice[] {
  return conflicts.flatMap((conflict) =>
    conflict.versions.slice(0, 1).map((kept) => choiceOf(conflict, kept.operation)),
  );
}

/** Of each conflict the value that whoever looks wrote; nothing where they wrote none of them, or more than one. */
export function mine(conflicts: ConflictRow[]): ConflictChoice[] {
  return conflicts.flatMap((conflict) => {
    const [own, another] = conflict.versions.filter((version) => version.mine);
    return own && !another ? [choiceOf(conflict, own.operation)] : [];
  });
}

/** Settles conflicts and says so, with Undo. */
export function useSettle() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [running, setRunning] = useState(false);
  const settle = async (choices: ConflictChoice[], of?: ConflictRow) => {
    setRunning(true);
    try {
      const done = await call(commands.syncSettle(choices));
      if (done.changed === 0) return toast(t("sync.conflicts.gone"));
      const named = of && { name: of.name, field: fieldLabel(of.kind, of.field) };
      const words = named
        ? t("sync.conflicts.settled", named)
        : t("sync.conflicts.settledAll", { count: done.changed });
      announce(done.operation, words);
    } catch (error) {
      toastError(error);
    } finally {
      setRunning(false);
    }
  };
  return { settle, running };
}
