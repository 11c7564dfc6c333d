import { BellRing, MailPlus } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ContactProfile, Sending } from "~/ipc";
import type { ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useMay } from "~/session/session.ts";
import { useInvitationStatus } from "./queries.ts";

const InviteDialog = lazy(() => import("./InviteDialog.tsx"));

/** Whether a list shows users with this status only, as the tabs of All Users do: what they wait for is in sight. */
const isListOf = ({ filter }: BulkTarget, status: string) =>
  filter.some(({ field, op, values }) => field === "status" && op === "is" && values.join() === status);

/** Of selected students, by those who manage users. */
export const useInviteStudents: ActionSet<BulkTarget> = (target) => useInvite(target, useMay()("manage_users"));

/** Of students who are the cases of whoever is at the desk. */
export const useInviteOwnCases: ActionSet<BulkTarget> = (target) => {
  const may = useMay();
  return useInvite(target, may("manage_users") || may("work_cases"));
};

/** "Send invitations" and "Remind all who are due", for selected students; of one only what comes next. */
function useInvite(target: BulkTarget, mayInvite: boolean): ReturnType<ActionSet<BulkTarget>> {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<{ target: BulkTarget; sending: Sending } | null>(null);
  const status = target.row?.cells.status?.value;
  const isOne = target.row !== undefined;
  return {
    actions: [
      {
        id: "remind",
        group: "access",
        label: t(isOne ? "invitations.remind.one" : "invitations.remind.all"),
        icon: BellRing,
        place: isListOf(target, "inactive") ? "primary" : "menu",
        hidden: !mayInvite || (status !== undefined && status !== "inactive"),
        run: () => setAsked({ target, sending: "reminder" }),
      },
      {
        id: "invite",
        group: "access",
        label: t(isOne ? "invitations.invite.one" : "invitations.invite.all"),
        icon: MailPlus,
        place: isListOf(target, "not_invited") ? "primary" : "menu",
        hidden: !mayInvite || (status !== undefined && status !== "not_invited"),
        run: () => setAsked({ target, sending: "invitation" }),
      },
    ],
    dialog: asked && <InviteDialog {...asked} onClose={() => setAsked(null)} />,
  };
}

/** "Invite to become users", for selected contacts (M51). */
export const useInviteContacts: ActionSet<BulkTarget> = (target) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<BulkTarget | null>(null);
  return {
    actions: [
      {
        id: "invite",
        group: "access",
        label: t("invitations.invite.contacts"),
        icon: MailPlus,
        permission: "manage_users",
        run: () => setAsked(target),
      },
    ],
    dialog: asked && <InviteDialog target={asked} sending="invitation" onClose={() => setAsked(null)} />,
  };
};

/** "Invite to become a user", and later the reminder, for a contact without an account (M51) or one that is not activated. */
export const useInviteContact: ActionSet<ContactProfile> = (profile) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Sending | null>(null);
  const can = !profile.user?.activated && !profile.deleted && profile.chips.approval === "approved";
  const standing = useInvitationStatus("contact", profile.id, can).data;
  const next = standing?.next ?? "invitation";
  const withheld = standing?.portal ? standing.withheld : null;
  return {
    actions: [
      {
        id: "invite",
        group: "access",
        label: t(
          next === "reminder"
            ? "invitations.invite.remindContact"
            : profile.user
              ? "invitations.invite.one"
              : "invitations.invite.contact",
        ),
        icon: next === "reminder" ? BellRing : MailPlus,
        permission: "manage_users",
        hidden: !can,
        disabled: withheld ? t(`invitations.reason.${withheld}`) : false,
        run: () => setAsked(next),
      },
    ],
    dialog: asked && (
      <InviteDialog
        target={{
          kind: "contact",
          selection: { by: "ids", ids: [profile.id] },
          count: 1,
          name: profile.name,
          filter: [],
          done: () => {},
        }}
        sending={asked}
        onClose={() => setAsked(null)}
      />
    ),
  };
};
