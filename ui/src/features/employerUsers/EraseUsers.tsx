import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { TextField } from "~/components/TextField.tsx";
import styles from "./EmployerUser.module.css";
import { type Users, useChangeUsers } from "./useChangeUsers.ts";

type Props = { users: Users; count: number; onClose: () => void };

/** Says what goes with an employer user and what stays; a word has to be typed, for there is no way back (M31). */
export default function EraseUsers({ users, count, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const change = useChangeUsers();
  const [typed, setTyped] = useState("");
  const word = t("employerUsers.erase.word");
  const isTyped = typed.trim().toLocaleLowerCase() === word;
  const { name } = users;
  return (
    <Dialog
      title={name !== null ? t("employerUsers.erase.titleOne", { name }) : t("employerUsers.erase.title", { count })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button variant="destructive" type="submit" form={formId} isDisabled={!isTyped}>
            {t("employerUsers.erase.act")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.sentences}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isTyped) return;
          onClose();
          void change.erase(users);
        }}
      >
        <p>{name !== null ? t("employerUsers.erase.goesOne") : t("employerUsers.erase.goes", { count })}</p>
        <p>{t("employerUsers.erase.where")}</p>
        <p>{t("employerUsers.erase.contacts")}</p>
        <p className={styles.final}>{t("employerUsers.erase.final")}</p>
        <TextField
          label={t("employerUsers.erase.type", { word })}
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
