import { FolderOpen, GraduationCap, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Chip } from "~/kit/components/Chips.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import row from "~/kit/layout/Row.module.css";
import { RecordHeader } from "~/records/page/RecordHeader.tsx";
import styles from "./Students.module.css";
import { StatusChip } from "./studentCells.tsx";

/** Who it is at a glance: name, account, standing, group, how to reach the person. */
export function StudentHeader({
  panel,
  level,
  actions,
}: {
  panel: StudentPanel;
  level: "page" | "card";
  actions?: ReactNode;
}) {
  const { t } = useTranslation();
  const { values, group } = panel;
  const studies = [values.major, values.graduation_year].filter((part) => part !== undefined && part !== null);
  return (
    <RecordHeader
      name={panel.name}
      line={studies.length > 0 ? studies.join(" · ") : null}
      facts={
        <ul className={`${row.chips} ${styles.facts}`} aria-label={t("students.status.label")}>
          <li>
            <StatusChip status={panel.status} />
          </li>
          {typeof values.standing === "string" && (
            <li>
              <Chip icon={GraduationCap}>{choiceLabel("standing", values.standing)}</Chip>
            </li>
          )}
          {group && (
            <li>
              <Chip icon={FolderOpen}>{group}</Chip>
            </li>
          )}
          {panel.deleted && (
            <li>
              <Chip icon={Trash2} tone="bad">
                {t("students.trashed")}
              </Chip>
            </li>
          )}
        </ul>
      }
      reach={{ email: values.email, phone: values.phone }}
      level={level}
      actions={actions}
    />
  );
}
