import { useNavigate } from "@tanstack/react-router";
import { Ban, IdCard, KeyRound, UserX } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployerUserDetail } from "~/ipc";
import type { Action, ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useMay } from "~/session/session.ts";
import type { ChangeRequest } from "./ChangeUsers.tsx";
import { nameOf, type Users, useChangeUsers } from "./useChangeUsers.ts";

const ChangeUsers = lazy(() => import("./ChangeUsers.tsx"));
const EraseUsers = lazy(() => import("./EraseUsers.tsx"));

type Asked = ChangeRequest["what"] | "erase";

/** What can be decided about accounts: one, or those selected. */
function useAccounts(users: Users, count: number, access: boolean | null, onErased = users.done) {
  const { t } = useTranslation();
  const may = useMay();
  const change = useChangeUsers();
  const [asked, setAsked] = useState<Asked | null>(null);
  const shared = { group: "access", permission: "manage_access" } as const;
  // One click turns the access of one person, with Undo beside it; of many, the dialog says how many first.
  const turn = (on: boolean) => (count === 1 ? void change.access(users, on) : setAsked(on ? "on" : "off"));
  const actions: Action[] = [
    {
      ...shared,
      id: "access_on",
      label: t("employerUsers.access.turnOn"),
      icon: KeyRound,
      place: access === null ? "button" : "menu",
      hidden: access === true,
      run: () => turn(true),
    },
    {
      ...shared,
      id: "access_off",
      label: t("employerUsers.access.turnOff"),
      icon: Ban,
      tone: "bad",
      place: access === null ? "button" : "menu",
      hidden: access === false,
      run: () => turn(false),
    },
    {
      ...shared,
      id: "role",
      label: t("employerUsers.role.change"),
      icon: IdCard,
      hotkey: "r",
      place: "button",
      run: () => setAsked("role"),
    },
    {
      id: "erase",
      group: "remove",
      label: t("employerUsers.erase.action"),
      icon: UserX,
      hotkey: "Delete",
      permission: "manage_access",
      hidden: !may("erase_contacts"),
      tone: "bad",
      run: () => setAsked("erase"),
    },
  ];
  const close = () => setAsked(null);
  const dialog =
    asked === null ? null : asked === "erase" ? (
      <EraseUsers users={{ ...users, done: onErased }} count={count} onClose={close} />
    ) : (
      <ChangeUsers request={{ what: asked, users, count }} onClose={close} />
    );
  return { actions, dialog };
}

/** What can be done with the employer user whose page is open. */
export const useEmployerUserActions: ActionSet<EmployerUserDetail> = (user) => {
  const navigate = useNavigate();
  const selection = { by: "ids" as const, ids: [user.id] };
  // The page of somebody who is deleted is left for the list.
  const leave = () => void navigate({ to: "/settings/employer-users", search: {}, replace: true });
  return useAccounts({ selection, name: nameOf(user) }, 1, user.access, leave);
};

/** What can be done with selected employer users. */
export const useBulkAccess: ActionSet<BulkTarget> = ({ selection, count, name, done }) =>
  useAccounts({ selection, name: name === "" ? null : name, done }, count, null);
