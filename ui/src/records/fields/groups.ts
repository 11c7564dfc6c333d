import type { FieldGroup, FieldSchema } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { groupLabel } from "~/kit/i18n/words.ts";

/** The heading of a group, as far as its fields are there: "When and where" needs a where. */
export function groupHeading(group: FieldGroup, members: FieldSchema[]): string {
  const isWhen = group === "schedule" && !members.some(({ key }) => key === "location");
  return isWhen ? i18next.t("record.form.when") : groupLabel(group);
}

/** Fields by their group, groups in the order of the registry's first field of each. */
export function byGroup(fields: FieldSchema[]): [FieldGroup, FieldSchema[]][] {
  const order: FieldGroup[] = [
    "name",
    "schedule",
    "work",
    "reach",
    "online",
    "address",
    "home_address",
    "about",
    "attributes",
    "status",
  ];
  return order.flatMap<[FieldGroup, FieldSchema[]]>((group) => {
    const members = fields.filter((field) => field.group === group);
    return members.length > 0 ? [[group, members]] : [];
  });
}
