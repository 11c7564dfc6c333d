import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type OnboardingQuestion, type StudentPanel } from "~/ipc";
import { QuestionField } from "../onboarding/QuestionField.tsx";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { useAnnounce } from "../shell/undo.ts";
import styles from "./Students.module.css";

type Props = { panel: StudentPanel; question: OnboardingQuestion; before: string[]; onClose: () => void };

/** Writes down what somebody answered, as the person would have answered it. */
export default function AnswerDialog({ panel, question, before, onClose }: Props) {
  const { t } = useTranslation();
  const formId = useId();
  const announce = useAnnounce();
  const [answer, setAnswer] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const isDirty = JSON.stringify(answer) !== JSON.stringify(before);
  const { close, question: leave } = useUnsaved(isDirty, onClose);
  const error = failed === null ? null : commandError(failed);
  const problem = error?.code === "validation" ? error.fields[0] : undefined;

  const save = async (next: string[]) => {
    setFailed(null);
    try {
      const done = await call(commands.onboardingAnswer(panel.id, question.id, next));
      const { name } = panel;
      announce(
        done.operation,
        next.length === 0 ? t("students.answers.removed", { name }) : t("students.answers.saved", { name }),
      );
      onClose();
    } catch (thrown) {
      setFailed(thrown);
    }
  };

  return (
    <Dialog
      title={t("students.answers.title", { name: panel.name })}
      isOpen
      onClose={close}
      size="medium"
      footer={
        <>
          {before.length > 0 && (
            <Button variant="quiet" onPress={() => void save([])}>
              {t("students.answers.remove")}
            </Button>
          )}
          <span className={styles.space} />
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={!isDirty}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.ask}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(answer.filter((part) => part.trim() !== ""));
        }}
      >
        {error && !problem && <ErrorLine error={failed} />}
        <QuestionField
          question={question}
          value={answer}
          onChange={setAnswer}
          error={problem && problemText(problem.problem)}
          autoFocus
        />
        {before.length > 0 && <p className={styles.quiet}>{t("students.answers.note")}</p>}
      </form>
      {leave}
    </Dialog>
  );
}
