import { call, commands } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { Consequences } from "~/records/forms/EditRecord.tsx";

/** How many contacts follow what changes of their employer, and how many keep their own number (M19). */
export const FOLLOWERS: Consequences = {
  key: "contacts",
  fields: ["phone", "website", "industry", "street", "city", "region", "postal_code", "country"],
  read: async (id, edits) => {
    const { follow, keep_number: keep } = await call(commands.employerEditPreview(id, edits));
    const { t } = i18next;
    return {
      before: [
        t("employers.follow.will", { count: follow }),
        ...(keep > 0 ? [t("employers.follow.willKeep", { count: keep })] : []),
      ],
      after: [
        ...(follow > 0 ? [t("employers.follow.did", { count: follow })] : []),
        ...(keep > 0 ? [t("employers.follow.kept", { count: keep })] : []),
      ],
    };
  },
};
