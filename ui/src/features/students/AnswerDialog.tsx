import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type OnboardingQuestion, type StudentPanel } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useAnnounce } from "~/session/undo.ts";
import { QuestionField } from "../onboarding/QuestionField.tsx";
import styles from "./Students.module.css";

type Props = { panel: StudentPanel; question: OnboardingQuestion; before: string[]; onClose: () => void };

/** Writes down what somebody answered, as the person would have answered it. */
export default function AnswerDialog({ panel, question, before, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [answer, setAnswer] = useState(before);
  const isDirty = JSON.stringify(answer) !== JSON.stringify(before);

  const save = async (next: string[]) => {
    const done = await call(commands.onboardingAnswer(panel.id, question.id, next));
    const { name } = panel;
    announce(
      done.operation,
      next.length === 0 ? t("students.answers.removed", { name }) : t("students.answers.saved", { name }),
    );
    onClose();
  };
  const form = useSubmit(() => save(answer.filter((part) => part.trim() !== "")));
  const removal = useSubmit(() => save([]));

  return (
    <FormDialog
      title={t("students.answers.title", { name: panel.name })}
      onClose={onClose}
      size="medium"
      act={t("common.save")}
      isDirty={isDirty}
      isDisabled={!isDirty}
      form={form}
      {...(removal.failed ? { error: removal.failed } : {})}
      beside={
        before.length > 0 && (
          <>
            <Button variant="quiet" onPress={() => void removal.submit()}>
              {t("students.answers.remove")}
            </Button>
            <span className={styles.space} />
          </>
        )
      }
    >
      <QuestionField question={question} value={answer} onChange={setAnswer} error={form.problem()} autoFocus />
      {before.length > 0 && <p className={styles.quiet}>{t("students.answers.note")}</p>}
    </FormDialog>
  );
}
