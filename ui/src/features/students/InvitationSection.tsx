import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Standing } from "../invitations/Standing.tsx";
import { Section } from "./Section.tsx";

/** What became of the invitation, and the ledger of what was sent (M40, B8). */
export function InvitationSection({ panel: { id, name, values } }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const at = values.activated_at;
  return (
    <Section title={t("students.section.invitation")}>
      <Standing kind="student" id={id} name={name} activatedAt={typeof at === "number" ? at : undefined} />
    </Section>
  );
}
