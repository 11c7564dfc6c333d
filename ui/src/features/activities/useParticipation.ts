import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type NamedPerson, type Participant } from "~/ipc";
import { useAnnounce } from "~/session/undo.ts";
import type { ActivityKind } from "./kinds.ts";

/** What became of somebody’s part. */
export const STATUSES = ["expected", "attended", "absent", "cancelled"];

/** Adds and removes who takes part in an activity, and says what became of them. */
export function useParticipation(kind: ActivityKind, id: Id, name: string) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [error, setError] = useState<unknown>(null);

  const change = async (coming: NamedPerson[], leaving: Id[], words: string): Promise<boolean> => {
    try {
      const done = await call(commands.activityEdit(kind, id, [], coming, leaving));
      announce(done.operation, words);
      setError(null);
      return true;
    } catch (thrown) {
      setError(thrown);
      return false;
    }
  };
  return {
    error,
    add: (person: NamedPerson) => change([person], [], t("activities.people.added", { name })),
    remove: (participant: Participant) =>
      change([], [participant.id], t("activities.people.removed", { name: participant.name, activity: name })),
    setStatus: async (participant: Participant, status: string) => {
      try {
        const edits = [{ field: "status", before: participant.status || null, after: status }];
        const done = await call(commands.recordEdit("participation", participant.id, edits));
        announce(done.operation, t("activities.people.status", { name: participant.name }));
      } catch (thrown) {
        setError(thrown);
      }
    },
  };
}
