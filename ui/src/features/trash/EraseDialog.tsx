import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { TextField } from "~/components/TextField.tsx";
import { countOf } from "~/i18n/words.ts";
import type { RecordKind } from "~/ipc";
import styles from "./Trash.module.css";

type Props = {
  kind: RecordKind;
  count: number;
  /** Its name, where it is one. */
  name: string | null;
  onClose: () => void;
  onConfirm: () => void;
};

/** Says that an erasure is for good; a word has to be typed, so that nobody does it in passing. */
export default function EraseDialog({ kind, count, name, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const [typed, setTyped] = useState("");
  const word = t("trash.eraseDialog.word");
  const isTyped = typed.trim().toLocaleLowerCase() === word;
  return (
    <Dialog
      title={t("trash.eraseDialog.title")}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="destructive" type="submit" form={formId} isDisabled={!isTyped}>
            {t("trash.erase")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.sentences}
        onSubmit={(event) => {
          event.preventDefault();
          if (isTyped) onConfirm();
        }}
      >
        <p>
          {name === null
            ? t("trash.eraseDialog.many", { what: countOf(kind, count) })
            : t("trash.eraseDialog.one", { name })}
        </p>
        <p>{t("trash.eraseDialog.where")}</p>
        <p className={styles.final}>{t("trash.eraseDialog.final")}</p>
        <TextField
          label={t("trash.eraseDialog.type", { word })}
          value={typed}
          onChange={setTyped}
          autoFocus
          autoComplete="off"
          spellCheck="false"
        />
      </form>
    </Dialog>
  );
}
