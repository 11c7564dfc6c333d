import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type InvitationSettings } from "~/ipc";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";

/** Where links in invitations lead and for how long they work, while somebody changes it. */
export function usePortal(settings: InvitationSettings, onSaved?: () => void) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [portal, setPortal] = useState(settings.portal);
  const [days, setDays] = useState(String(settings.days));
  const number = /^\d{1,4}$/.test(days.trim()) ? Number(days) : null;
  const form = useSubmit(async () => {
    if (number === null) return;
    const operation = await call(commands.invitationSettingsSet(portal, number));
    announce(operation, t(portal.trim() === "" ? "invitations.portal.cleared" : "invitations.portal.saved"));
    onSaved?.();
  });
  const isDirty = portal !== settings.portal || days !== String(settings.days);
  return { portal, setPortal, days, setDays, isNumber: number !== null, form, isDirty };
}

export type PortalDraft = ReturnType<typeof usePortal>;
