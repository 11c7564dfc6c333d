import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/kit/components/Dialog.tsx";
import { type Choice, Select } from "~/kit/components/Select.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import styles from "./Roles.module.css";

type Props = {
  name: string;
  sentences: string[];
  /** Asked only where somebody has the role. */
  label: string;
  choices: Choice[];
  /** How many have it. */
  users: number;
  remove: (instead: string) => Promise<void>;
  onClose: () => void;
};

/** Says who loses a role by its deletion, and asks which one they get instead. */
export function DeleteRole({ name, sentences, label, choices, users, remove, onClose }: Props) {
  const { t } = useTranslation();
  const [instead, setInstead] = useState(choices[0]?.id ?? "");
  const form = useSubmit(async () => {
    await remove(instead);
    onClose();
  });
  return (
    <ConfirmDialog
      title={t("roles.deleteTitle", { name })}
      sentences={sentences}
      act={t("roles.delete")}
      destructive
      isPending={form.isPending}
      error={form.failed}
      onClose={onClose}
      onConfirm={() => void form.submit()}
    >
      {users > 0 && (
        <div className={styles.instead}>
          <Select label={label} choices={choices} value={instead} onChange={setInstead} />
        </div>
      )}
    </ConfirmDialog>
  );
}
