import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { FieldGroups } from "../record/FieldGroups.tsx";
import { useFields } from "../shell/session.ts";
import { Section } from "./Section.tsx";

/** What the header and the other sections say already. */
const SAID = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "standing",
  "major",
  "graduation_year",
  "user_group",
  "assigned_to",
  "invited_at",
  "activated_at",
  "status",
];

/** The other fields that are filled in. */
export function AboutSection({ panel }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const fields = useFields("student");
  const isMore = fields.some(({ key }) => !SAID.includes(key) && panel.values[key] !== undefined);
  if (!isMore) return null;
  return (
    <Section title={t("students.section.about")}>
      <FieldGroups kind="student" fields={fields} values={panel.values} omit={SAID} heading="h4" />
    </Section>
  );
}
