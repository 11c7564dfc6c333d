import { useTranslation } from "react-i18next";
import type { BulkChange, RecordKind } from "~/ipc";
import type { Choice } from "~/kit/components/Select.tsx";
import { fieldLabel, groupLabel } from "~/kit/i18n/words.ts";
import { byGroup } from "~/records/fields/groups.ts";
import { useFields, useMay } from "~/session/session.ts";

/** What changes: the key of a field, or one of the three that are no value of their own. */
export type BulkWhat = string;
export const APPROVAL = "approval";
export const LABELS_ADD = "labels +";
export const LABELS_REMOVE = "labels -";

/** A change as far as it is chosen. */
export type Drafted = { id: number; what: BulkWhat | null; change: BulkChange | null };

/** What can be changed for many records of the kind at once. */
export function useChoices(kind: RecordKind): Choice[] {
  const { t } = useTranslation();
  const may = useMay();
  const fields = useFields(kind);
  const changed = fields.filter((field) => field.bulk_editable && field.key !== "labels");
  const choices: Choice[] = byGroup(changed).flatMap(([group, members]) =>
    members.map((each) => ({ id: each.key, label: fieldLabel(kind, each.key, fields), note: groupLabel(group) })),
  );
  if (fields.some(({ key, bulk_editable }) => key === "labels" && bulk_editable))
    choices.push({ id: LABELS_ADD, label: t("bulk.addLabels") }, { id: LABELS_REMOVE, label: t("bulk.removeLabels") });
  if (kind === "contact" && may("review_contacts"))
    choices.push({ id: APPROVAL, label: fieldLabel(kind, APPROVAL, fields), note: groupLabel("status") });
  return choices;
}
