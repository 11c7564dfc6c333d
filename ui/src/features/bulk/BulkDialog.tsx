import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type BulkPreview, call, commands, progressChannel, type RecordKind, type Selection } from "~/ipc";
import { ActDialog } from "~/kit/components/Dialog.tsx";
import { Skeleton } from "~/kit/components/States.tsx";
import { runTask } from "~/kit/components/Tasks.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { countOf, fieldLabel } from "~/kit/i18n/words.ts";
import { ChangePreview } from "~/records/fields/ChangePreview.tsx";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Bulk.module.css";
import { ChangeFields } from "./ChangeFields.tsx";
import type { BulkWhat, Drafted } from "./changes.ts";

export type BulkRequest = {
  /** What changes first; more can be added, and another be chosen. */
  what: BulkWhat | null;
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

/** Asks which changes, says what they will do field by field and record by record, and makes them in one step. */
export default function BulkDialog({ request, onClose }: { request: BulkRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const { what, kind, selection, count, name, done } = request;
  const announce = useAnnounce();
  const [drafts, setDrafts] = useState<Drafted[]>([{ id: 0, what, change: null }]);
  const changes = drafts.flatMap(({ change }) => (change === null ? [] : [change]));
  const isComplete = drafts.every(({ what, change }) => what === null || change !== null);
  const rested = useRested(JSON.stringify(changes));
  const isAsked = changes.length > 0 && rested !== "[]";
  const preview = useQuery({
    queryKey: [kind === "employer" ? "employers" : "contacts", "bulk", selection, rested],
    queryFn: () => call(commands.bulkPreview(kind, selection, JSON.parse(rested))),
    enabled: isAsked,
    gcTime: 0,
    retry: false,
  });
  const found = isAsked ? preview.data : undefined;
  const error = isAsked ? preview.error : null;
  const isCurrent = JSON.stringify(changes) === rested;

  const act = async () => {
    onClose();
    try {
      const updated = await runTask(
        t("bulk.running"),
        (onProgress) => call(commands.bulkUpdate(kind, selection, changes, progressChannel(onProgress))),
        () => void commands.operationCancel(),
      );
      done();
      const { operation, changed } = updated;
      const records = name ?? countOf(kind, changed);
      announce(operation, t("bulk.done", { what: records }), t("shell.undo.changes", { what: records }));
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <ActDialog
      title={t("bulk.title", { what: name ?? countOf(kind, count) })}
      onClose={onClose}
      size="large"
      act={found === undefined ? t("bulk.act") : t("bulk.actCount", { what: countOf(kind, found.changes) })}
      isDisabled={!isCurrent || !isComplete || found === undefined || found.changes === 0}
      error={error}
      onAct={() => void act()}
    >
      <ChangeFields kind={kind} drafts={drafts} onChange={setDrafts} error={error} />
      {found ? <Found kind={kind} preview={found} /> : isAsked && preview.isPending && <Skeleton />}
    </ActDialog>
  );
}

function Found({ kind, preview }: { kind: RecordKind; preview: BulkPreview }) {
  const { t } = useTranslation();
  const fields = useFields(kind);
  return (
    <>
      {preview.fields.length > 1 && (
        <ul className={styles.fields} aria-label={t("bulk.perField")}>
          {preview.fields.map(({ field, changes, already_so: already }) => (
            <li key={field}>
              <span className={styles.field}>{fieldLabel(kind, field, fields)}:</span>{" "}
              {t("bulk.fieldChanges", { count: changes })} {already > 0 && t("bulk.fieldAlready", { count: already })}
            </li>
          ))}
        </ul>
      )}
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
    </>
  );
}
