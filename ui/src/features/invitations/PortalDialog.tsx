import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine, ErrorState, Skeleton } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type InvitationSettings } from "~/ipc";
import { useAnnounce } from "../shell/undo.ts";
import styles from "./Invitations.module.css";
import { useInvitationSettings } from "./queries.ts";

/** Where links in invitations lead, and for how long they work. */
export default function PortalDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const settings = useInvitationSettings();
  if (settings.data) return <Form settings={settings.data} onClose={onClose} />;
  return (
    <Dialog title={t("invitations.portal.title")} isOpen onClose={onClose}>
      {settings.error ? <ErrorState error={settings.error} /> : <Skeleton lines={4} />}
    </Dialog>
  );
}

function Form({ settings, onClose }: { settings: InvitationSettings; onClose: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [portal, setPortal] = useState(settings.portal);
  const [days, setDays] = useState(String(settings.days));
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const refused = error === null ? null : commandError(error);
  const problems = refused?.code === "validation" ? refused.fields : [];
  const problem = (field: string) => {
    const found = problems.find((each) => each.field === field);
    return found && problemText(found.problem);
  };
  const number = /^\d{1,4}$/.test(days.trim()) ? Number(days) : null;
  const save = async () => {
    if (number === null) return;
    setSaving(true);
    setError(null);
    try {
      const operation = await call(commands.invitationSettingsSet(portal, number));
      announce(operation, t(portal.trim() === "" ? "invitations.portal.cleared" : "invitations.portal.saved"));
      onClose();
    } catch (thrown) {
      setError(thrown);
      setSaving(false);
    }
  };
  return (
    <Dialog
      title={t("invitations.portal.title")}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            variant="primary"
            type="submit"
            form="portal"
            isDisabled={saving || number === null}
            hotkey="Ctrl+Enter"
            onPress={() => void save()}
          >
            {t("invitations.portal.save")}
          </Button>
        </>
      }
    >
      <form
        id="portal"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={t("invitations.portal.address")}
          hint={t("invitations.portal.addressHint")}
          value={portal}
          onChange={setPortal}
          error={problem("portal")}
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
          error={number === null ? t("invitations.portal.notANumber") : problem("invitation_days")}
        />
        {refused !== null && refused.code !== "validation" && <ErrorLine error={error} />}
      </form>
    </Dialog>
  );
}
