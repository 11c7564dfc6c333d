import { Bell, BellOff, MailCheck, MailX, PenLine } from "lucide-react";
import { lazy, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ContactProfile, call, commands, type EmployerUserDetail, type StudentPanel } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";
import type { Action, ActionSet } from "~/records/actions/actions.tsx";
import type { BulkTarget } from "~/records/actions/bulkTarget.ts";
import { useAnnounce } from "~/session/undo.ts";
import type { Addressee } from "./ComposeDialog.tsx";
import { useOutboxActs } from "./useOutboxActs.ts";

const ComposeDialog = lazy(() => import("./ComposeDialog.tsx"));
const OutreachDialog = lazy(() => import("./OutreachDialog.tsx"));

/** "Write e-mail", and the dialog; `disabled` says why not. */
function useLetter(to: Addressee, disabled: false | string) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const action: Action = {
    id: "write_email",
    group: "add",
    label: t("mail.compose.write"),
    icon: PenLine,
    hotkey: "w",
    permission: "send_mail",
    place: "button",
    disabled,
    run: () => setWriting(true),
  };
  return { action, dialog: writing && <ComposeDialog to={to} onClose={() => setWriting(false)} /> };
}

type Person = Pick<Addressee, "id" | "name" | "values"> & { do_not_email?: boolean };

/** Writing to a contact, a student or an alum, and whether mail to them comes back (M16). */
function usePersonMail(kind: "contact" | "student", { id, name, values, do_not_email: unwanted }: Person) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const acts = useOutboxActs();
  const disabled = unwanted ? t("profile.noEmailReason") : !values.email && t("mail.compose.noAddress");
  const letter = useLetter({ kind, id, name, values }, disabled);
  const comesBack = values.bounced_at !== undefined && values.bounced_at !== null;
  const mark = async (bounced: boolean) => {
    try {
      const done = await call(commands.mailBounced({ kind, id }, bounced));
      announce(done.operation, t(bounced ? "mail.bounce.marked" : "mail.bounce.cleared", { name }));
    } catch (error) {
      toastError(error);
    }
  };
  const back: Action = {
    id: "mail_comes_back",
    group: "edit",
    label: t(comesBack ? "mail.bounce.clear" : "mail.bounce.mark"),
    icon: comesBack ? MailCheck : MailX,
    permission: kind === "contact" ? "edit_contacts" : "manage_users",
    hidden: !values.email,
    run: () => void mark(!comesBack),
  };
  const isMarked = unwanted === true || values.do_not_email === true;
  const silence: Action = {
    id: "do_not_email",
    group: "edit",
    label: t(isMarked ? "mail.doNotEmail.clear" : "mail.doNotEmail.mark"),
    icon: isMarked ? Bell : BellOff,
    permission: kind === "contact" ? "edit_contacts" : "manage_users",
    run: () => void acts.silence({ kind, id }, name, !isMarked),
  };
  return { actions: [letter.action, back, silence], dialog: letter.dialog };
}

/** Mail of a contact. */
export const useContactMail: ActionSet<ContactProfile> = (contact) => usePersonMail("contact", contact);

/** Mail of a student or alum. */
export const useStudentMail: ActionSet<StudentPanel> = (student) => usePersonMail("student", student);

/** Mail of an employer user, who is written to as the linked contact. */
export const useEmployerUserMail: ActionSet<EmployerUserDetail> = ({ id, name, email, private: isPrivate }) => {
  const { t } = useTranslation();
  const disabled = isPrivate ? t("mail.compose.private") : !email && t("mail.compose.noAddress");
  const { action, dialog } = useLetter({ kind: "employer_user", id, name, values: {} }, disabled);
  return { actions: [action], dialog };
};

/** Writing to the selected people. */
export const useBulkMail: ActionSet<BulkTarget> = ({ kind, selection, count, done }) => {
  const { t } = useTranslation();
  const [request, setRequest] = useState<Pick<BulkTarget, "kind" | "selection" | "count" | "done"> | null>(null);
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
        run: () => setRequest({ kind, selection, count, done }),
      },
    ],
    dialog: request && <OutreachDialog request={request} onClose={() => setRequest(null)} />,
  };
};
