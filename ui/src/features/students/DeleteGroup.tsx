import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type UserGroup } from "~/ipc";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { toastError } from "~/kit/components/Toast.tsx";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Students.module.css";

/** Stands for "no group"; no id is written so. */
const NONE = "none";

type Props = { group: UserGroup; others: UserGroup[]; onClose: () => void };

/** Deletes a group; who is in it goes where one says. */
export default function DeleteGroup({ group, others, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [instead, setInstead] = useState(NONE);
  const { name, members } = group;
  const act = async () => {
    onClose();
    try {
      const done = await call(commands.groupDelete(group.id, instead === NONE ? null : instead));
      announce(
        done.operation,
        done.users > 0 ? t("groups.delete.moved", { name, count: done.users }) : t("groups.delete.done", { name }),
      );
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <ConfirmDialog
      title={t("groups.delete.title", { name })}
      sentences={[members === 0 ? t("groups.delete.nobody") : t("groups.delete.who", { count: members })]}
      act={t("groups.delete.act")}
      destructive
      isOpen
      onClose={onClose}
      onConfirm={() => void act()}
    >
      {members > 0 && (
        <div className={styles.where}>
          <Select
            label={t("groups.delete.where")}
            choices={[
              { id: NONE, label: t("groups.delete.none") },
              ...others.map(({ id, name: label }) => ({ id, label })),
            ]}
            value={instead}
            onChange={setInstead}
          />
        </div>
      )}
    </ConfirmDialog>
  );
}
