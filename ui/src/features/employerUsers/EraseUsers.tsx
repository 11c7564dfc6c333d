import { useTranslation } from "react-i18next";
import { EraseDialog } from "~/kit/components/FormDialog.tsx";
import { type Users, useChangeUsers } from "./useChangeUsers.ts";

type Props = { users: Users; count: number; onClose: () => void };

/** Says what goes with an employer user and what stays; there is no way back (M31). */
export default function EraseUsers({ users, count, onClose }: Props) {
  const { t } = useTranslation();
  const change = useChangeUsers();
  const word = t("employerUsers.erase.word");
  const { name } = users;
  return (
    <EraseDialog
      title={name !== null ? t("employerUsers.erase.titleOne", { name }) : t("employerUsers.erase.title", { count })}
      sentences={[
        name !== null ? t("employerUsers.erase.goesOne") : t("employerUsers.erase.goes", { count }),
        t("employerUsers.erase.where"),
        t("employerUsers.erase.contacts"),
      ]}
      final={t("employerUsers.erase.final")}
      word={word}
      ask={t("employerUsers.erase.type", { word })}
      act={t("employerUsers.erase.act")}
      onConfirm={() => {
        onClose();
        void change.erase(users);
      }}
      onClose={onClose}
    />
  );
}
