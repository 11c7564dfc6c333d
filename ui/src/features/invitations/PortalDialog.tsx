import { useTranslation } from "react-i18next";
import type { InvitationSettings } from "~/ipc";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { PortalFields } from "./PortalFields.tsx";
import { useInvitationSettings } from "./queries.ts";
import { usePortal } from "./usePortal.ts";

/** Where links in invitations lead, and for how long they work; the same settings as in UI Customization. */
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
  const draft = usePortal(settings, onClose);
  return (
    <FormDialog
      title={t("invitations.portal.title")}
      onClose={onClose}
      act={t("invitations.portal.save")}
      isDisabled={!draft.isNumber}
      form={draft.form}
    >
      <PortalFields draft={draft} autoFocus />
      <p>{t("invitations.portal.place")}</p>
    </FormDialog>
  );
}
