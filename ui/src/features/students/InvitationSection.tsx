import { useNavigate } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useEditRecord } from "~/records/forms/useEditRecord.tsx";
import { useMay } from "~/session/session.ts";
import { InvitationStatus } from "../invitations/InvitationStatus.tsx";
import { Section } from "./Section.tsx";

/** What became of the invitation, and the ledger of what was sent (M40, B8). */
export function InvitationSection({ panel }: { panel: StudentPanel }) {
  const { id, name, values, may_work: mayInvite } = panel;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()("manage_users") && !panel.deleted;
  const { actions, dialog } = useEditRecord("student", panel, "manage_users");
  const at = values.activated_at;
  return (
    <Section
      title={t("students.section.invitation")}
      act={
        <Button variant="quiet" size="small" onPress={() => void navigate({ to: "/students/invitations", search: {} })}>
          {t("invitations.openAll")}
        </Button>
      }
    >
      <InvitationStatus
        kind="student"
        id={id}
        name={name}
        {...(typeof at === "number" ? { activatedAt: at } : {})}
        mayInvite={mayInvite && !panel.deleted}
        onCorrect={may ? actions[0]?.run : undefined}
      />
      <Suspense>{dialog}</Suspense>
    </Section>
  );
}
