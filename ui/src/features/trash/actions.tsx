import { useNavigate } from "@tanstack/react-router";
import { ArchiveRestore, Eraser, Trash2 } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile, EmployerProfile, Id, StudentPanel } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useOpenRecord } from "~/records/pages.tsx";
import { useMay } from "~/session/session.ts";
import { useMerge } from "../merge/useMerge.tsx";
import type { DeletedKind, DeleteRequest } from "./request.ts";
import { useTrash } from "./useTrash.ts";

const DeleteDialog = lazy(() => import("./DeleteDialog.tsx"));
const EraseDialog = lazy(() => import("./EraseDialog.tsx"));

const DELETED: readonly DeletedKind[] = ["contact", "employer", "student"];

function useDelete(request: DeleteRequest, label: string, isHidden = false) {
  const [asked, setAsked] = useState<DeleteRequest | null>(null);
  const may = useMay();
  const merge = useMerge();
  const openRecord = useOpenRecord();
  const { kind } = request;
  // The survivor's page takes the place of the one whose record is merged away; a list stays.
  const onMerged = request.onDone ?? ((survivor: Id) => openRecord(kind, survivor));
  const offered =
    kind !== "student" && may("merge_contacts")
      ? { onMerge: (id: Id) => merge.ask({ kind, ids: [id], onDone: onMerged }) }
      : {};
  return {
    actions: [
      {
        id: "delete",
        group: "remove" as const,
        label,
        icon: Trash2,
        hotkey: "Delete",
        permission: request.kind === "student" ? ("manage_users" as const) : ("delete_contacts" as const),
        tone: "bad" as const,
        hidden: isHidden,
        run: () => setAsked(request),
      },
    ],
    dialog: (
      <>
        {asked && <DeleteDialog request={{ ...asked, ...offered }} onClose={() => setAsked(null)} />}
        {merge.dialog}
      </>
    ),
  };
}

/** "Delete Contact" (M20). */
export const useDeleteContact: ActionSet<ContactProfile> = ({ id, name }) => {
  const { t } = useTranslation();
  return useDelete({ kind: "contact", selection: { by: "ids", ids: [id] }, name }, t("trash.delete.title.contact"));
};

/** "Delete employer". */
export const useDeleteEmployer: ActionSet<EmployerProfile> = ({ id, name }) => {
  const { t } = useTranslation();
  return useDelete({ kind: "employer", selection: { by: "ids", ids: [id] }, name }, t("trash.delete.title.employer"));
};

/** Deletes selected contacts, employers or users. */
export const useBulkDelete: ActionSet<BulkTarget> = ({ kind, selection, name, done }) => {
  const { t } = useTranslation();
  const known = DELETED.find((each) => each === kind);
  return useDelete(
    { kind: known ?? "contact", selection, name, onDone: done },
    t("trash.delete.act"),
    known === undefined,
  );
};

/** What can be done with a record in the trash: restore it, or delete it permanently. */
function useTrashed(kind: DeletedKind, id: Id, name: string): ReturnType<ActionSet<unknown>> {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const trash = useTrash();
  const [erasing, setErasing] = useState(false);
  const erase = async () => {
    setErasing(false);
    if (await trash.erase(kind, [id], name)) void navigate({ to: "/history/trash", search: { kind }, replace: true });
  };
  return {
    actions: [
      {
        id: "restore",
        group: "edit",
        label: t("trash.restore"),
        icon: ArchiveRestore,
        hotkey: "r",
        permission: kind === "student" ? "manage_users" : "delete_contacts",
        place: "primary",
        run: () => void trash.restore(kind, [id], name),
      },
      {
        id: "erase",
        group: "remove",
        label: t("trash.erase"),
        icon: Eraser,
        hotkey: "Delete",
        permission: "erase_contacts",
        tone: "bad",
        run: () => setErasing(true),
      },
    ],
    dialog: erasing && (
      <EraseDialog kind={kind} count={1} name={name} onClose={() => setErasing(false)} onConfirm={() => void erase()} />
    ),
  };
}

export const useTrashedContact: ActionSet<ContactProfile> = ({ id, name }) => useTrashed("contact", id, name);

export const useTrashedEmployer: ActionSet<EmployerProfile> = ({ id, name }) => useTrashed("employer", id, name);

export const useTrashedStudent: ActionSet<StudentPanel> = ({ id, name }) => useTrashed("student", id, name);
