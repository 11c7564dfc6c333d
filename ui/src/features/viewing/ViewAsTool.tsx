import { useNavigate } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";

/** From the directory to what others see of it. */
export function ViewAsTool() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/view-as", search: { who: "student" } });
  useHotkeys(t("contacts.title"), [{ keys: "v", label: t("viewing.open"), run: open }]);
  return <IconButton label={t("viewing.open")} icon={Eye} hotkey="v" onPress={open} />;
}
