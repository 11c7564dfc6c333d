import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/components/Button.tsx";
import { Checkbox } from "~/components/Checkbox.tsx";
import { Dialog } from "~/components/Dialog.tsx";
import { ListField } from "~/components/ListField.tsx";
import { Select } from "~/components/Select.tsx";
import { ErrorLine } from "~/components/States.tsx";
import { TextField } from "~/components/TextField.tsx";
import { problemText } from "~/i18n/words.ts";
import { call, commandError, commands, type FieldEdit, type FieldValue, type OnboardingQuestion } from "~/ipc";
import { isNothing } from "../record/edits.ts";
import { useUnsaved } from "../record/useUnsaved.tsx";
import { useAnnounce } from "../shell/undo.ts";
import styles from "./Onboarding.module.css";

const TYPES = ["text", "yes_no", "choice", "choices"] as const;
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
  const formId = useId();
  const announce = useAnnounce();
  const before = {
    text: question?.text ?? "",
    type: question?.kind ?? "text",
    choices: question?.choices ?? [],
    required: question?.required ?? false,
  };
  const [form, setForm] = useState(before);
  const [failed, setFailed] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const isDirty = JSON.stringify(form) !== JSON.stringify(before);
  const { close, question: leave } = useUnsaved(isDirty, onClose);
  const error = failed === null ? null : commandError(failed);
  const problem = (field: string) => {
    const found = error?.code === "validation" ? error.fields.find((each) => each.field === field) : undefined;
    return found && problemText(found.problem);
  };
  const takesChoices = WITH_CHOICES.includes(form.type);

  const save = async () => {
    setSaving(true);
    setFailed(null);
    const after = { ...form, choices: takesChoices ? form.choices : [] };
    try {
      if (question === null) {
        const created = await call(commands.onboardingCreate(after));
        announce(created.operation, t("onboarding.done.added"));
      } else {
        const edits = (Object.keys(before) as (keyof typeof before)[]).flatMap<FieldEdit>((field) =>
          JSON.stringify(before[field]) === JSON.stringify(after[field])
            ? []
            : [{ field, before: sent(before[field]), after: sent(after[field]) }],
        );
        const done = await call(commands.onboardingEdit(question.id, edits));
        announce(done.operation, t("onboarding.done.saved"));
      }
      onClose();
    } catch (thrown) {
      setFailed(thrown);
      setSaving(false);
    }
  };

  return (
    <Dialog
      title={t(question === null ? "onboarding.new" : "onboarding.form.edit")}
      isOpen
      onClose={close}
      size="medium"
      footer={
        <>
          <Button variant="quiet" onPress={close}>
            {t("common.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} isDisabled={saving || (question !== null && !isDirty)}>
            {t(question === null ? "onboarding.form.add" : "common.save")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error?.code !== "validation" && <ErrorLine error={failed} />}
        <TextField
          label={t("onboarding.form.text")}
          isRequired
          validationBehavior="aria"
          value={form.text}
          onChange={(text) => setForm({ ...form, text })}
          error={problem("text")}
          autoFocus
        />
        <Select
          label={t("onboarding.form.type")}
          choices={TYPES.map((each) => ({ id: each, label: t(`onboarding.type.${each}`) }))}
          value={form.type}
          onChange={(type) => setForm({ ...form, type })}
          error={problem("type")}
        />
        {takesChoices && (
          <ListField
            label={t("onboarding.form.choices")}
            hint={t("onboarding.form.choicesHint")}
            validationBehavior="aria"
            value={form.choices}
            onChange={(choices) => setForm({ ...form, choices })}
            error={problem("choices")}
          />
        )}
        <Checkbox isSelected={form.required} onChange={(required) => setForm({ ...form, required })}>
          {t("onboarding.form.required")}
        </Checkbox>
        {question !== null && question.answers > 0 && (
          <p className={styles.quiet}>{t("onboarding.form.kept", { count: question.answers })}</p>
        )}
      </form>
      {leave}
    </Dialog>
  );
}

/** An empty list and a flag that is off are sent as nothing, as Rust keeps them. */
function sent(value: string | string[] | boolean): FieldValue {
  return isNothing(value) ? null : value;
}
