import { Info } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { ErrorLine, Progress } from "~/kit/components/States.tsx";
import styles from "./Import.module.css";
import { isCancelled, stop, useWizard } from "./wizard.ts";

type Props = {
  onBack: () => void;
  onNext: () => void;
  /** What going on does, as a verb with its number. */
  next: string;
  isDisabled?: boolean;
  /** Words beside the buttons: what will happen, or what is missing. */
  children?: ReactNode;
};

/** The foot of a step: what comes next, and the way back. While work is under way, how far it is and Cancel. */
export function StepFoot({ onBack, onNext, next, isDisabled, children }: Props) {
  const { t } = useTranslation();
  const { work, error } = useWizard();
  return (
    <footer className={styles.foot}>
      {isCancelled(error) ? (
        <p className={styles.told} role="status">
          <Info size={16} strokeWidth={1.75} aria-hidden /> {t("import.commit.cancelled")}
        </p>
      ) : (
        <ErrorLine error={error} />
      )}
      <div className={styles.footRow}>
        <Button isDisabled={work !== null} onPress={onBack} hotkey="Escape">
          {t("import.back")}
        </Button>
        <div className={styles.footWords}>
          {work ? (
            <Progress
              label={t(work.what === "checking" ? "import.check.running" : "import.commit.running")}
              progress={work.progress}
              onCancel={stop}
            />
          ) : (
            children
          )}
        </div>
        {!work && (
          <Button variant="primary" hotkey="Ctrl+Enter" isDisabled={isDisabled} onPress={onNext}>
            {next}
          </Button>
        )}
      </div>
    </footer>
  );
}
