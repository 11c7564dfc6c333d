import { Pencil } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldValue, Id, Permission, RecordKind } from "~/ipc";
import type { ActionSet } from "../actions/actions.tsx";
import type { Consequences } from "./EditRecord.tsx";

const EditRecord = lazy(() => import("./EditRecord.tsx"));

type Editable = { id: Id; name: string; values: { [field: string]: FieldValue } };

/** Edits the fields of a record. `refused` says why it can't be done now, in a sentence. */
export function useEditRecord(
  kind: RecordKind,
  record: Editable,
  permission: Permission,
  refused: string | false = false,
  consequences?: Consequences,
): ReturnType<ActionSet<Editable>> {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  return {
    actions: [
      {
        id: "edit",
        group: "edit",
        label: t("record.page.edit"),
        icon: Pencil,
        hotkey: "e",
        permission,
        place: "button",
        disabled: refused,
        run: () => setEditing(true),
      },
    ],
    dialog: editing && (
      <EditRecord kind={kind} record={record} consequences={consequences} onClose={() => setEditing(false)} />
    ),
  };
}
