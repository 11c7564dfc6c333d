import { useNavigate, useSearch } from "@tanstack/react-router";
import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import type { ListSearch } from "~/records/query/listSearch.ts";
import { useWayBack } from "./wayBack.ts";

/** From the directory to what others see of it. */
export function ViewAsTool() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const back = useWayBack();
  const { q, filter, sort, view } = useSearch({ strict: false }) as ListSearch;
  // The list goes along, and is found again as it was left.
  const open = () =>
    void navigate({ to: "/view-as", search: { who: "student", q, filter, sort, view, from: back.begin() } });
  useHotkeys(t("contacts.title"), [{ keys: "v", label: t("viewing.open"), run: open }]);
  return <IconButton label={t("viewing.open")} icon={Eye} hotkey="v" onPress={open} />;
}
