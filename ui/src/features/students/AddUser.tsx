import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, FileDown, FileUp, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { call, commands } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { toast, toastError } from "~/kit/components/Toast.tsx";
import { useMay } from "~/session/session.ts";
import { setKind } from "../import/wizard.ts";

/** "Add new user" › "Create user" or "Import User", with "Download Template" (M34). */
export function AddUser({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const download = async () => {
    try {
      const path = await call(commands.importSaveRecordsTemplate("student"));
      if (path !== null) toast(t("students.addMenu.templateSaved", { path }));
    } catch (error) {
      toastError(error);
    }
  };
  const importUsers = async () => {
    await setKind("student");
    void navigate({ to: "/import", search: {} });
  };
  return (
    <Menu
      label={t("students.addMenu.label")}
      trigger={
        <Button variant="primary" icon={UserPlus}>
          {t("students.addMenu.label")}
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      }
    >
      <MenuItem id="create" icon={UserPlus} hotkey="n" onAction={onCreate}>
        {t("students.addMenu.create")}
      </MenuItem>
      {may("import_contacts") && (
        <>
          <MenuItem id="import" icon={FileUp} onAction={() => void importUsers()}>
            {t("students.addMenu.import")}
          </MenuItem>
          <MenuSeparator />
          <MenuItem id="template" icon={FileDown} onAction={() => void download()}>
            {t("students.addMenu.template")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
