import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type InvitationSettings } from "~/ipc";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";
import { useInvitationSettings } from "./queries.ts";

/** Where links in invitations lead, and for how long they work. */
export default function PortalDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const settings = useInvitationSettings();
  if (settings.data) return <Form settings={settings.data} onClose={onClose} />;
  return (
    <Dialog title={t("invitations.portal.title")} onClose={onClose}>
      {settings.error ? <ErrorState error={settings.error} /> : <Skeleton lines={4} />}
    </Dialog>
  );
}

function Form({ settings, onClose }: { settings: InvitationSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [portal, setPortal] = useState(settings.portal);
  const [days, setDays] = useState(String(settings.days));
  const number = /^\d{1,4}$/.test(days.trim()) ? Number(days) : null;
  const form = useSubmit(async () => {
    if (number === null) return;
    const operation = await call(commands.invitationSettingsSet(portal, number));
    announce(operation, t(portal.trim() === "" ? "invitations.portal.cleared" : "invitations.portal.saved"));
    onClose();
  });
  return (
    <FormDialog
      title={t("invitations.portal.title")}
      onClose={onClose}
      act={t("invitations.portal.save")}
      isDisabled={number === null}
      form={form}
    >
      <TextField
        label={t("invitations.portal.address")}
        hint={t("invitations.portal.addressHint")}
        value={portal}
        onChange={setPortal}
        error={form.problem("portal")}
        placeholder="https://careers.example.org"
        autoFocus
        autoComplete="off"
      />
      <TextField
        label={t("invitations.portal.days")}
        hint={t("invitations.portal.daysHint")}
        value={days}
        onChange={setDays}
        inputMode="numeric"
        error={number === null ? t("invitations.portal.notANumber") : form.problem("invitation_days")}
      />
    </FormDialog>
  );
}
