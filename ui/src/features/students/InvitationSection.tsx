import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { InvitationStatus } from "../invitations/InvitationStatus.tsx";
import { Section } from "./Section.tsx";

/** What became of the invitation, and the ledger of what was sent (M40, B8). */
export function InvitationSection({ panel: { id, name, values } }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
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
      <InvitationStatus kind="student" id={id} name={name} activatedAt={typeof at === "number" ? at : undefined} />
    </Section>
  );
}
