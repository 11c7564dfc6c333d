import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type BulkChange,
  type BulkPreview,
  call,
  commands,
  progressChannel,
  type RecordKind,
  type Selection,
} from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import stack from "~/kit/layout/Stack.module.css";
import { ChangePreview } from "~/records/fields/ChangePreview.tsx";
import { useAnnounce } from "~/session/undo.ts";
import { FieldChange, LabelChange } from "./ChangeFields.tsx";

export type BulkWhat = "field" | "add" | "remove";

export type BulkRequest = {
  what: BulkWhat;
  kind: RecordKind;
  selection: Selection;
  /** How many are selected. */
  count: number;
  /** The record's name, where it is one. */
  name: string | null;
  /** Called once it is done. */
  done: () => void;
};

/** Changes shown before they are made. */
const SHOWN = 8;

/** Asks which change, says what it will do record by record, and makes it. */
export default function BulkDialog({ request, onClose }: { request: BulkRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { what, kind, selection, count, name, done } = request;
  const announce = useAnnounce();
  const [change, setChange] = useState<BulkChange | null>(null);
  const rested = useRested(change);
  const preview = useQuery({
    queryKey: [kind === "employer" ? "employers" : "contacts", "bulk", selection, rested],
    queryFn: () => call(commands.bulkPreview(kind, selection, rested as BulkChange)),
    enabled: rested !== null,
    gcTime: 0,
    retry: false,
  });
  const found = rested === null ? undefined : preview.data;
  const isCurrent = JSON.stringify(change) === JSON.stringify(rested);

  const act = async () => {
    if (rested === null) return;
    onClose();
    try {
      const updated = await runTask(
        t("bulk.running"),
        (onProgress) => call(commands.bulkUpdate(kind, selection, rested, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      done();
      announce(updated.operation, t("bulk.done", { count: updated.changed }));
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <ActDialog
      title={name === null ? t(`bulk.${what}.many`, { count }) : t(`bulk.${what}.one`, { name })}
      onClose={onClose}
      size="medium"
      act={found === undefined ? t("bulk.act") : t("bulk.actCount", { count: found.changes })}
      isDisabled={!isCurrent || found === undefined || found.changes === 0}
      error={rested === null ? null : preview.error}
      onAct={() => void act()}
    >
      <div className={stack.asked}>
        {what === "field" ? (
          <FieldChange kind={kind} onChange={setChange} error={rested === null ? null : preview.error} />
        ) : (
          <LabelChange what={what} onChange={setChange} />
        )}
      </div>
      {found ? <Found preview={found} /> : rested !== null && preview.isPending && <Skeleton />}
    </ActDialog>
  );
}

function Found({ preview }: { preview: BulkPreview }) {
  const { t } = useTranslation();
  return (
    <ChangePreview
      total={preview.changes}
      changes={preview.first
        .slice(0, SHOWN)
        .map(({ kind, record, name, fields }) => ({ kind, id: record, name, fields }))}
      skipped={[
        { why: t("bulk.skipped.already"), count: preview.already_so },
        { why: t("bulk.skipped.frozen"), count: preview.frozen, names: preview.frozen_names },
        { why: t("bulk.skipped.labels"), count: preview.too_many_labels },
      ]}
    />
  );
}
