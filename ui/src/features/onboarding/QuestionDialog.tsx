import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHOICES, call, commands, type OnboardingQuestion } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ListField } from "~/kit/components/ListField.tsx";
import { Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { editsOf } from "~/records/fields/edits.ts";
import { useAnnounce } from "~/session/undo.ts";
import styles from "./Onboarding.module.css";

/** Answered with choices of its own. */
const WITH_CHOICES: readonly string[] = ["choice", "choices"];

/** Asks a new question, or edits one. What was answered before stays as it was. */
export default function QuestionDialog({
  question,
  onClose,
}: {
  question: OnboardingQuestion | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const before = {
    text: question?.text ?? "",
    type: question?.kind ?? "text",
    choices: question?.choices ?? [],
    required: question?.required ?? false,
  };
  const [form, setForm] = useState(before);
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const takesChoices = WITH_CHOICES.includes(form.type);

  const submission = useSubmit(async () => {
    const after = { ...form, choices: takesChoices ? form.choices : [] };
    if (question === null) {
      const created = await call(commands.onboardingCreate(after));
      announce(created.operation, t("onboarding.done.added"));
    } else {
      const done = await call(commands.onboardingEdit(question.id, editsOf(before, after)));
      announce(done.operation, t("onboarding.done.saved"));
    }
    onClose();
  });

  return (
    <FormDialog
      form={submission}
      title={t(question === null ? "onboarding.new" : "onboarding.form.edit")}
      onClose={onClose}
      size="medium"
      act={t(question === null ? "onboarding.form.add" : "common.save")}
      isDirty={isDirty}
      isDisabled={question !== null && !isDirty}
    >
      <TextField
        label={t("onboarding.form.text")}
        isRequired
        validationBehavior="aria"
        value={form.text}
        onChange={(text) => setForm({ ...form, text })}
        error={submission.problem("text")}
        autoFocus
      />
      <Select
        label={t("onboarding.form.type")}
        choices={CHOICES.onboarding_question.type.map((each) => ({ id: each, label: t(`onboarding.type.${each}`) }))}
        value={form.type}
        onChange={(type) => setForm({ ...form, type })}
        error={submission.problem("type")}
      />
      {takesChoices && (
        <ListField
          label={t("onboarding.form.choices")}
          hint={t("onboarding.form.choicesHint")}
          validationBehavior="aria"
          value={form.choices}
          onChange={(choices) => setForm({ ...form, choices })}
          error={submission.problem("choices")}
        />
      )}
      <Checkbox isSelected={form.required} onChange={(required) => setForm({ ...form, required })}>
        {t("onboarding.form.required")}
      </Checkbox>
      {question !== null && question.answers > 0 && (
        <p className={styles.quiet}>{t("onboarding.form.kept", { count: question.answers })}</p>
      )}
    </FormDialog>
  );
}
