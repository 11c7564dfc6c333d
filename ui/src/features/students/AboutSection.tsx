import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { fieldLabel } from "~/kit/i18n/words.ts";
import { FieldLine, FieldValueView } from "~/records/fields/FieldGroups.tsx";
import record from "~/records/fields/Record.module.css";
import { useFields } from "~/session/session.ts";
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
  const filled = fields.filter(({ key }) => !SAID.includes(key) && (panel.values[key] ?? null) !== null);
  return (
    <Section title={t("students.section.about")}>
      <dl className={record.list}>
        {filled.map((field) => (
          <FieldLine key={field.key} label={fieldLabel("student", field.key, fields)}>
            {/* What refers to other records stands in sections of its own. */}
            <FieldValueView field={field} value={panel.values[field.key] ?? null} nameOf={() => undefined} />
          </FieldLine>
        ))}
      </dl>
    </Section>
  );
}
