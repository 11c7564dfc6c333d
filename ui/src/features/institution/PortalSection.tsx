import { useTranslation } from "react-i18next";
import type { InvitationSettings } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { useLeaving } from "~/kit/components/useLeaving.tsx";
import { unplaced } from "~/kit/components/useSubmit.ts";
import textStyle from "~/kit/layout/Text.module.css";
import { PortalFields } from "../invitations/PortalFields.tsx";
import { useInvitationSettings } from "../invitations/queries.ts";
import { usePortal } from "../invitations/usePortal.ts";
import styles from "./Customization.module.css";

/** Where the portal is: links in invitations lead there. */
export function PortalSection() {
  const settings = useInvitationSettings();
  if (settings.error) return <ErrorLine error={settings.error} />;
  if (!settings.data) return <Skeleton lines={3} />;
  // The form begins anew with what was saved, here or elsewhere.
  return <PortalForm key={JSON.stringify(settings.data)} settings={settings.data} />;
}

function PortalForm({ settings }: { settings: InvitationSettings }) {
  const { t } = useTranslation();
  const draft = usePortal(settings);
  const leaving = useLeaving(draft.isDirty);
  return (
    <form
      className={styles.portal}
      aria-labelledby="portal-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void draft.form.submit();
      }}
    >
      <h2 id="portal-title" className={textStyle.legend}>
        {t("institution.portal")}
      </h2>
      <PortalFields draft={draft} />
      <ErrorLine error={unplaced(draft.form.failed)} />
      <div className={styles.acts}>
        <Button type="submit" isDisabled={!draft.isDirty || !draft.isNumber || draft.form.isPending}>
          {t("institution.portalSave")}
        </Button>
      </div>
      {leaving}
    </form>
  );
}
