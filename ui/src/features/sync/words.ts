import type { Permission } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { lookUp } from "~/kit/i18n/words.ts";

/** Why the hub refused somebody’s change, in a sentence. A newer hub may say what this version has no words for. */
export function reasonText(reason: string, person: string, permission: Permission | null): string {
  const may = permission && (lookUp(`errors.permission.${permission}`) ?? permission);
  return lookUp(`sync.refused.reason.${reason}`, { person, permission: may }) ?? i18next.t("sync.refused.reason.other");
}
