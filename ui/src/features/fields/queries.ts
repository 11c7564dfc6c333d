import { queryOptions } from "@tanstack/react-query";
import { call, commands } from "~/ipc";

/** Every custom attribute with how many records have a value; those in the trash come last. */
export const attributesQuery = queryOptions({
  queryKey: ["fields", "attributes"],
  queryFn: () => call(commands.attributesList()),
  meta: { tags: ["fields", "contacts", "employers"] },
});
