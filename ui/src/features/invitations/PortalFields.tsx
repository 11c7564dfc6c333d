import { useTranslation } from "react-i18next";
import { TextField } from "~/kit/components/TextField.tsx";
import type { PortalDraft } from "./usePortal.ts";

/** The portal’s address, and the days a link works. */
export function PortalFields({ draft, autoFocus = false }: { draft: PortalDraft; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const { portal, setPortal, days, setDays, isNumber, form } = draft;
  return (
    <>
      <TextField
        label={t("invitations.portal.address")}
        hint={t("invitations.portal.addressHint")}
        value={portal}
        onChange={setPortal}
        error={form.problem("portal")}
        placeholder="https://careers.example.org"
        validationBehavior="aria"
        autoFocus={autoFocus}
        autoComplete="off"
      />
      <TextField
        label={t("invitations.portal.days")}
        hint={t("invitations.portal.daysHint")}
        value={days}
        onChange={setDays}
        inputMode="numeric"
        validationBehavior="aria"
        error={isNumber ? form.problem("invitation_days") : t("invitations.portal.notANumber")}
      />
    </>
  );
}
