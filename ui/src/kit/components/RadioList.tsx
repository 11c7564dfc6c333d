import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import mark from "../layout/Mark.module.css";
import stack from "../layout/Stack.module.css";
import text from "../layout/Text.module.css";
import styles from "./RadioList.module.css";

export type RadioChoice<I extends string> = { id: I; label: string; note?: string; isDisabled?: boolean };

type Props<I extends string> = {
  label: string;
  hint?: string;
  choices: RadioChoice<I>[];
  value: I;
  onChange: (value: I) => void;
};

/** A few choices below each other, each with what it means. */
export function RadioList<I extends string>({ label, hint, choices, value, onChange }: Props<I>) {
  return (
    <RadioGroup className={stack.by4 ?? ""} value={value} onChange={(key) => onChange(key as I)}>
      <Label className={styles.label ?? ""}>{label}</Label>
      {hint && (
        <Text slot="description" className={styles.hint ?? ""}>
          {hint}
        </Text>
      )}
      {choices.map(({ id, label: words, note, isDisabled }) => (
        <Radio key={id} value={id} isDisabled={isDisabled ?? false} className={styles.option ?? ""} data-key={id}>
          <span className={`${mark.dot} ${styles.dot}`} />
          <span className={styles.words}>
            {words}
            {note && <span className={text.note}>{note}</span>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
