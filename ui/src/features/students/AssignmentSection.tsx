import { useTranslation } from "react-i18next";
import type { StudentPanel } from "~/ipc";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Button } from "~/kit/components/Button.tsx";
import stack from "~/kit/layout/Stack.module.css";
import type { Action } from "~/records/actions/actions.tsx";
import { Section } from "./Section.tsx";
import styles from "./Students.module.css";

/** Whose case it is, and the way to change that (M38). */
export function AssignmentSection({ panel, assign }: { panel: StudentPanel; assign: Action | undefined }) {
  const { t } = useTranslation();
  const holder = panel.assigned_to;
  return (
    <Section
      title={t("students.section.assignment")}
      act={
        assign && (
          <Button variant="quiet" size="small" onPress={assign.run}>
            {holder ? t("students.assign.change") : assign.label}
          </Button>
        )
      }
    >
      {holder ? (
        <div className={styles.person}>
          <Avatar name={holder.name} size={32} />
          <span className={stack.words}>
            <span className={styles.pickName}>{holder.name}</span>
            <span className={styles.note}>
              <Breakable>{holder.email}</Breakable>
            </span>
            {holder.deactivated && <span className={styles.warn}>{t("students.assignment.left")}</span>}
          </span>
        </div>
      ) : (
        <p className={styles.quiet}>{t("students.assignment.nobody")}</p>
      )}
    </Section>
  );
}
