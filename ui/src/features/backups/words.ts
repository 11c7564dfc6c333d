import type { BackupReason, BackupTrouble } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";

/** Why a backup was made: "Before an import". */
export function reasonText(reason: BackupReason | null): string {
  return i18next.t(`backups.reason.${reason ?? "unknown"}`);
}

/** What stands in the way of backups and what to do. */
export function troubleText({ place, kind }: BackupTrouble): string {
  return i18next.t(`backups.trouble.${place}.${kind}`);
}

const UNITS = ["kilobyte", "megabyte", "gigabyte"] as const;

/** "12 MB". */
export function sizeText(bytes: number): string {
  let amount = bytes / 1000;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(i18next.language, {
    style: "unit",
    unit: UNITS[unit] ?? "gigabyte",
    maximumFractionDigits: amount < 10 ? 1 : 0,
  }).format(amount);
}
