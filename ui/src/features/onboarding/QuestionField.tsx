import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { OnboardingQuestion } from "~/ipc";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import radio from "~/kit/components/RadioList.module.css";
import { TextArea } from "~/kit/components/TextField.tsx";
import mark from "~/kit/layout/Mark.module.css";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Onboarding.module.css";

type Props = {
  question: Pick<OnboardingQuestion, "text" | "kind" | "choices" | "required">;
  value: string[];
  onChange: (value: string[]) => void;
  error?: string | undefined;
  autoFocus?: boolean;
};

/** A question as it is answered: in words, with yes or no, with one choice or several (M36). */
export function QuestionField({ question, value, onChange, error, autoFocus }: Props) {
  const { t } = useTranslation();
  const { text, kind, required } = question;
  const choices =
    kind === "yes_no"
      ? [
          { id: "yes", label: t("common.yes") },
          { id: "no", label: t("common.no") },
        ]
      : question.choices.map((choice) => ({ id: choice, label: choice }));
  if (kind === "text") {
    return (
      <TextArea
        label={text}
        isRequired={required}
        validationBehavior="aria"
        value={value[0] ?? ""}
        onChange={(words) => onChange(words === "" ? [] : [words])}
        error={error}
        autoFocus={autoFocus ?? false}
      />
    );
  }
  if (kind === "choices") {
    return (
      <fieldset className={`${stack.by8} ${styles.several}`}>
        <legend className={radio.label}>
          {text}
          {required && <span className={styles.required}> · {t("common.required")}</span>}
        </legend>
        {choices.map(({ id, label }) => (
          <Checkbox
            key={id}
            isSelected={value.includes(id)}
            onChange={(on) =>
              onChange(choices.map((choice) => choice.id).filter((each) => (each === id ? on : value.includes(each))))
            }
          >
            {label}
          </Checkbox>
        ))}
        {error && <p className={styles.error}>{error}</p>}
      </fieldset>
    );
  }
  return (
    <RadioGroup
      className={stack.by4 ?? ""}
      value={value[0] ?? null}
      onChange={(choice) => onChange([choice])}
      isRequired={required}
      validationBehavior="aria"
    >
      <Label className={radio.label ?? ""}>
        {text}
        {required && <span className={styles.required}> · {t("common.required")}</span>}
      </Label>
      {choices.map(({ id, label }) => (
        <Radio key={id} value={id} className={radio.option ?? ""} data-key={id}>
          <span className={`${mark.dot} ${radio.dot}`} />
          <span className={radio.words}>{label}</span>
        </Radio>
      ))}
      {error && <p className={styles.error}>{error}</p>}
    </RadioGroup>
  );
}
