import type { TFunction } from "i18next";
import type { Rehearsed } from "~/ipc";

/** What a change of one contact does to its field, where it changes it. */
export function fieldChange(said: Rehearsed, contact: string, field: string) {
  const change = said.changes.find(({ kind, record }) => kind === "contact" && record === contact);
  return change?.fields.find((each) => each.field === field);
}

/** What follows for others and what stays, a sentence each, as far as it is so. */
export function furtherConsequences(t: TFunction, said: Rehearsed, contact: string, name: string): string[] {
  const sentences: string[] = [];
  const seen = fieldChange(said, contact, "visibility");
  if (seen?.before.value === "students") sentences.push(t("archive.will.oneHidden"));
  for (const { kind, name: employer, fields, created } of said.changes) {
    if (kind !== "employer") continue;
    if (created) sentences.push(t("archive.after.employerAdded", { employer }));
    else if (fields.some(({ field }) => field === "primary_contact"))
      sentences.push(t("archive.after.notPrimary", { name, employer }));
  }
  if (said.open_tasks > 0) sentences.push(t("archive.after.tasks", { count: said.open_tasks }));
  return sentences;
}
