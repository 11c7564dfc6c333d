import { useTranslation } from "react-i18next";
import type { RecordKind } from "~/ipc";
import { EraseDialog } from "~/kit/components/FormDialog.tsx";
import { countOf } from "~/kit/i18n/words.ts";

type Props = {
  kind: RecordKind;
  count: number;
  /** Its name, where it is one. */
  name: string | null;
  onClose: () => void;
  onConfirm: () => void;
};

/** Says what an erasure out of the trash takes away for good. */
export default function EraseRecords({ kind, count, name, ...rest }: Props) {
  const { t } = useTranslation();
  const word = t("trash.eraseDialog.word");
  const what = { what: countOf(kind, count) };
  return (
    <EraseDialog
      {...rest}
      title={t("trash.eraseDialog.title")}
      sentences={[
        name === null ? t("trash.eraseDialog.many", what) : t("trash.eraseDialog.one", { name }),
        t("trash.eraseDialog.where"),
      ]}
      final={t("trash.eraseDialog.final")}
      word={word}
      ask={t("trash.eraseDialog.type", { word })}
      act={t("trash.erase")}
    />
  );
}
