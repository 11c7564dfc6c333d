import type { FieldGroup, FieldSchema } from "~/ipc";

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
