import type { TFunction } from "i18next";
import type { DryRun, ImportOpened, ImportOutcome, ImportTarget, RecordKind } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { countOf } from "~/kit/i18n/words.ts";

/** The outcomes in the order in which they are shown. */
export const OUTCOMES: ImportOutcome[] = ["created", "updated", "skipped", "failed"];

/** What the import will do and what it won't, to how many: one sentence each. */
export function willDo(t: TFunction, kind: RecordKind, counts: DryRun, target: ImportTarget): string[] {
  if (counts.created + counts.updated === 0) return [t("import.will.nothing")];
  const skipped = counts.skipped > 0 ? t("import.will.skipped", { count: counts.skipped }) : "";
  const failed = counts.failed > 0 ? t("import.will.failed", { count: counts.failed }) : "";
  if (kind !== "contact") {
    const added = t("import.will.added", { count: counts.created, what: countOf(kind, counts.created) });
    const changed = t("import.will.changed", { count: counts.updated, what: countOf(kind, counts.updated) });
    const sentences = [counts.created > 0 ? added : "", counts.updated > 0 ? changed : "", skipped, failed];
    return sentences.filter((sentence) => sentence !== "");
  }
  const created =
    target === "queue" ? ("import.will.createdQueue" as const) : ("import.will.createdDirectory" as const);
  return [
    counts.created > 0 ? t(created, { count: counts.created }) : "",
    counts.updated > 0 ? t("import.will.updated", { count: counts.updated }) : "",
    counts.employers_created > 0 ? t("import.will.employers", { count: counts.employers_created }) : "",
    skipped,
    failed,
  ].filter((sentence) => sentence !== "");
}

const SEPARATORS: { [sign: string]: "comma" | "semicolon" | "tab" | "pipe" } = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

/** "1,251 rows · CSV · semicolons · UTF-8". */
export function aboutFile(t: TFunction, opened: ImportOpened): string {
  const separator = opened.separator ? SEPARATORS[opened.separator] : undefined;
  return [
    t("import.rows", { count: opened.rows }),
    t(`import.format.${opened.format}`),
    separator ? t(`import.separator.${separator}`) : "",
    opened.encoding ?? "",
    opened.sheet_name ? t("import.sheet", { name: opened.sheet_name }) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** "Recognised as an export of Handshake contacts."; null where the file's program is not known. */
export function recognised(t: TFunction, preset: string | null): string | null {
  if (preset === null) return null;
  // A newer version of Rust may know programs that the catalogue does not name yet.
  const key = `import.preset.${preset}`;
  const exists = i18next.exists as (key: string) => boolean;
  const look = i18next.t as unknown as (key: string) => string;
  const name = exists(key) ? look(key) : preset;
  return t(preset === "liaison" || preset === "vcard" ? "import.columns.isPreset" : "import.columns.recognised", {
    preset: name,
  });
}
