import type { TFunction } from "i18next";
import type { DeletePreview, RecordKind } from "~/ipc";
import { countOf, listed } from "~/kit/i18n/words.ts";

/** What goes into the trash, for how long, and who can still log in. */
export function willGo(t: TFunction, preview: DeletePreview, kind: RecordKind, name: string | null): string[] {
  const { records, blocked } = preview;
  if (records === 0) return blocked === 0 ? [t("trash.delete.nothing", { count: name === null ? 2 : 1 })] : [];
  const along = listed(preview.along.map((each) => countOf(each.kind, each.count)));
  const what = countOf(kind, records);
  const sentences =
    name !== null
      ? [along === "" ? t("trash.delete.one", { name }) : t("trash.delete.oneAlong", { name, along })]
      : [along === "" ? t("trash.delete.many", { what }) : t("trash.delete.manyAlong", { what, along })];
  if (kind === "contact") {
    const stays = preview.can_still_log_in;
    sentences.push(
      name === null
        ? t("trash.delete.canLogIn", { count: stays })
        : t(stays > 0 ? "trash.delete.canLogInOne" : "trash.delete.cantLogInOne", { name }),
    );
  }
  sentences.push(t(records === 1 ? "trash.delete.rests" : "trash.delete.restMany", { count: preview.rest_days }));
  return sentences;
}
