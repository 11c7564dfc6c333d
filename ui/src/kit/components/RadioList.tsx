import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import mark from "../layout/Mark.module.css";
import stack from "../layout/Stack.module.css";
import text from "../layout/Text.module.css";
import styles from "./RadioList.module.css";
import { FieldHelp } from "./TextField.tsx";

export type RadioChoice<I extends string> = { id: I; label: string; note?: string; isDisabled?: boolean };

type Props<I extends string> = {
  label: string;
  hint?: string;
  choices: RadioChoice<I>[];
  /** `null` while nothing is chosen. */
  value: I | null;
  onChange: (value: I) => void;
  /** What is wrong with the choice. */
  error?: string | undefined;
  autoFocus?: boolean;
};

/** A few choices below each other, each with what it means. */
export function RadioList<I extends string>(props: Props<I>) {
  const { label, hint, choices, value, onChange, error, autoFocus = false } = props;
  return (
    <RadioGroup
      className={stack.by4 ?? ""}
      value={value}
      onChange={(key) => onChange(key as I)}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ""}>{label}</Label>
      {hint && (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      )}
      {choices.map(({ id, label: words, note, isDisabled }, n) => (
        <Radio
          key={id}
          value={id}
          autoFocus={autoFocus && (value === null ? n === 0 : value === id)}
          isDisabled={isDisabled ?? false}
          className={styles.option ?? ""}
          data-key={id}
        >
          <span className={`${mark.dot} ${styles.dot}`} />
          <span className={styles.words}>
            {words}
            {note && <span className={text.note}>{note}</span>}
          </span>
        </Radio>
      ))}
      <FieldHelp error={error} />
    </RadioGroup>
  );
}
