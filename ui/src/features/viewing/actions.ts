import { useNavigate } from "@tanstack/react-router";
import { Eye, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ContactProfile } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import { printRecords } from "../printing/printRecords.ts";
import { useWayBack } from "./wayBack.ts";

/** Shows the contact as somebody else sees it (B5), and prints it. */
export const useViewAsAction: ActionSet<ContactProfile> = ({ id, deleted, values }) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const back = useWayBack();
  const employer = typeof values.employer === "string" ? values.employer : undefined;
  return {
    actions: [
      {
        id: "view_as",
        group: "look",
        label: t("viewing.action"),
        icon: Eye,
        hotkey: "v",
        hidden: deleted,
        run: () =>
          void navigate({
            to: "/view-as/$id",
            params: { id },
            search: { who: "student", employer, from: back.begin() },
          }),
      },
      {
        id: "print",
        group: "share",
        label: t("export.print"),
        icon: Printer,
        hotkey: "Ctrl+P",
        run: () => printRecords({ kind: "contact", count: 1, query: null }),
      },
    ],
  };
};
