import { MailCheck, MailX, PenLine } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { toastError } from "~/components/Toast.tsx";
import { type ContactProfile, call, commands } from "~/ipc";
import type { ActionSet } from "../record/actions.tsx";
import type { BulkTarget } from "../record/BulkBar.tsx";
import { useAnnounce } from "../shell/undo.ts";

const ComposeDialog = lazy(() => import("./ComposeDialog.tsx"));
const OutreachDialog = lazy(() => import("./OutreachDialog.tsx"));

/** Writing to a contact, and whether mail to them comes back (M16). */
export const useContactMail: ActionSet<ContactProfile> = (contact) => {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [writing, setWriting] = useState(false);
  const { id, name, values } = contact;
  const comesBack = values.bounced_at !== undefined && values.bounced_at !== null;
  const mark = async (bounced: boolean) => {
    try {
      const done = await call(commands.contactBounced(id, bounced));
      announce(done.operation, t(bounced ? "mail.bounce.marked" : "mail.bounce.cleared", { name }));
    } catch (error) {
      toastError(error);
    }
  };
  return {
    actions: [
      {
        id: "write_email",
        group: "add",
        label: t("mail.compose.write"),
        icon: PenLine,
        hotkey: "w",
        permission: "send_mail",
        place: "button",
        disabled: !values.email && t("mail.compose.noAddress"),
        run: () => setWriting(true),
      },
      {
        id: "mail_comes_back",
        group: "edit",
        label: t(comesBack ? "mail.bounce.clear" : "mail.bounce.mark"),
        icon: comesBack ? MailCheck : MailX,
        permission: "edit_contacts",
        hidden: !values.email,
        run: () => void mark(!comesBack),
      },
    ],
    dialog: writing && <ComposeDialog contact={contact} onClose={() => setWriting(false)} />,
  };
};

/** Writing to the selected contacts. */
export const useBulkMail: ActionSet<BulkTarget> = ({ selection, count, done }) => {
  const { t } = useTranslation();
  const [request, setRequest] = useState<Pick<BulkTarget, "selection" | "count" | "done"> | null>(null);
  return {
    actions: [
      {
        id: "write_email",
        group: "share",
        label: t("mail.compose.write"),
        icon: PenLine,
        hotkey: "w",
        permission: "send_mail",
        place: "button",
        run: () => setRequest({ selection, count, done }),
      },
    ],
    dialog: request && <OutreachDialog request={request} onClose={() => setRequest(null)} />,
  };
};
