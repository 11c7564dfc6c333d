import { useTranslation } from "react-i18next";
import type { FieldValue, RecordKind } from "~/ipc";
import { NewRecord } from "~/records/forms/NewRecord.tsx";
import { useNames } from "~/records/references.ts";
import { useAppState } from "~/session/session.ts";
import { ACTIVITY_KINDS, type ActivityKind, startingValues } from "./kinds.ts";

type Props = {
  kind: ActivityKind;
  /** Sent and not asked, for example the contact it is about. */
  fixed?: { [field: string]: FieldValue };
  omit?: string[];
  onClose: () => void;
};

/** A new task, meeting, event and so on; a task and a meeting say for whom. */
export default function NewActivity({ kind, fixed = {}, omit = [], onClose }: Props) {
  const { t } = useTranslation();
  const { words, omit: never = [] } = ACTIVITY_KINDS[kind];
  const me = useAppState().actor?.id ?? null;
  const about: { kind: RecordKind; id: string }[] =
    typeof fixed.contact === "string" ? [{ kind: "contact", id: fixed.contact }] : [];
  const name = useNames(about)(about[0]?.id ?? "");
  const title =
    name === undefined
      ? undefined
      : kind === "task"
        ? t("tasks.newFor", { name })
        : kind === "meeting"
          ? t("meetings.newWith", { name })
          : undefined;
  return (
    <NewRecord
      kind={kind}
      words={words}
      title={title}
      fixed={fixed}
      omit={[...never, ...omit]}
      defaults={startingValues(kind, me)}
      nameOf={(values) => String(values.title ?? values.subject ?? "")}
      onCreated={() => undefined}
      onClose={onClose}
    />
  );
}
