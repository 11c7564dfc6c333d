import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OnboardingQuestion } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import styles from "./Onboarding.module.css";
import { QuestionField } from "./QuestionField.tsx";

/** The questions as the person sees them who is asked. What is answered here is kept nowhere. */
export function Preview({ questions }: { questions: OnboardingQuestion[] }) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<{ [question: string]: string[] }>({});
  const [tried, setTried] = useState(false);
  const missing = questions.filter(({ id, required }) => required && (given[id] ?? []).length === 0);
  return (
    <section className={styles.preview} aria-labelledby="onboarding-preview">
      <h2 id="onboarding-preview" className={styles.previewTitle}>
        {t("onboarding.preview.title")}
      </h2>
      <p className={styles.quiet}>{t("onboarding.preview.lead")}</p>
      {questions.length === 0 ? (
        <p className={styles.quiet}>{t("onboarding.preview.empty")}</p>
      ) : (
        <form
          className={styles.sheet}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
          }}
        >
          <div>
            <h3 className={styles.greeting}>{t("onboarding.preview.greeting")}</h3>
            <p className={styles.quiet}>{t("onboarding.preview.intro")}</p>
          </div>
          {questions.map((question) => (
            <QuestionField
              key={question.id}
              question={question}
              value={given[question.id] ?? []}
              onChange={(answer) => setGiven({ ...given, [question.id]: answer })}
            />
          ))}
          <div className={styles.go}>
            <Button type="submit">{t("onboarding.preview.go")}</Button>
            {tried && (
              <span className={styles.quiet} role="status">
                {missing.length === 0
                  ? t("onboarding.preview.fine")
                  : t("onboarding.preview.missing", { count: missing.length })}
              </span>
            )}
          </div>
        </form>
      )}
    </section>
  );
}
