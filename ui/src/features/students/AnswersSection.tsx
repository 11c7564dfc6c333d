import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OnboardingQuestion, StudentPanel } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { When } from "~/kit/components/When.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { onboardingQuery } from "../onboarding/queries.ts";
import { Section } from "./Section.tsx";
import styles from "./Students.module.css";

const AnswerDialog = lazy(() => import("./AnswerDialog.tsx"));

/** What the person answered to the onboarding questions (M36); staff can write down what they were told. */
export function AnswersSection({ panel }: { panel: StudentPanel }) {
  const { t } = useTranslation();
  const mayWrite = panel.may_work && !panel.deleted;
  const [writing, setWriting] = useState<OnboardingQuestion | null>(null);
  const questions = useQuery(onboardingQuery);
  const { answers } = panel;
  const open = (questions.data ?? []).filter(
    ({ id, retired }) => !retired && !answers.some(({ question }) => question === id),
  );
  const edit = (id: string, asked: string) => {
    const question = questions.data?.find((each) => each.id === id);
    return (
      mayWrite &&
      question && (
        <IconButton
          label={t("students.answers.write", { question: asked })}
          icon={Pencil}
          size="small"
          onPress={() => setWriting(question)}
        />
      )
    );
  };
  return (
    <Section title={t("students.section.answers")}>
      {answers.length === 0 && open.length === 0 && <p className={styles.quiet}>{t("students.answers.noQuestions")}</p>}
      {answers.length === 0 && open.length > 0 && <p className={styles.quiet}>{t("students.answers.none")}</p>}
      <dl className={stack.by8}>
        {answers.map(({ id, question, asked, answer, at }) => (
          <div key={id} className={styles.answer}>
            <dt>
              <span>{asked}</span>
              {edit(question, asked)}
            </dt>
            <dd>
              {answer
                .map((part) => (part === "yes" || part === "no" ? t(`students.answers.${part}`) : part))
                .join(" · ")}
              {at !== null && (
                <span className={styles.entryWhen}>
                  <When at={at} />
                </span>
              )}
            </dd>
          </div>
        ))}
        {open.map(({ id, text }) => (
          <div key={id} className={styles.answer}>
            <dt>
              <span>{text}</span>
              {edit(id, text)}
            </dt>
            <dd className={styles.quiet}>{t("students.answers.notAnswered")}</dd>
          </div>
        ))}
      </dl>
      <Suspense>
        {writing && (
          <AnswerDialog
            panel={panel}
            question={writing}
            before={answers.find(({ question }) => question === writing.id)?.answer ?? []}
            onClose={() => setWriting(null)}
          />
        )}
      </Suspense>
    </Section>
  );
}
