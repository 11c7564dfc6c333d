import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useMay } from "~/session/session.ts";
import { checkAgain } from "./wizard.ts";

type Props = { kind: "user_group" | "employer"; name: string; onAdded: () => void };

/** Adds the group or employer that a cell names and that is not there yet. Every row that names it is decided again. */
export function AddMissing({ kind, name, onAdded }: Props) {
  const { t } = useTranslation();
  const may = useMay();
  const [isBusy, setBusy] = useState(false);
  if (!may(kind === "user_group" ? "manage_users" : "edit_contacts")) return null;
  const add = async () => {
    setBusy(true);
    try {
      await call(kind === "user_group" ? commands.groupCreate({ name }) : commands.employerCreate({ name }));
      await checkAgain();
      toast(t(`import.missing.added.${kind}`, { name }));
      onAdded();
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return (
    <Button size="small" icon={Plus} isDisabled={isBusy} onPress={() => void add()}>
      {t(`import.missing.${kind}`, { name })}
    </Button>
  );
}
