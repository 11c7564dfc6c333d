import { ChevronDown } from "lucide-react";
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import row from "../layout/Row.module.css";
import text from "../layout/Text.module.css";
import styles from "./Field.module.css";
import menu from "./Menu.module.css";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

/** What can be chosen; `Key` tells the keys there are. */
export type Choice<Key extends string = string> = {
  id: Key;
  label: string;
  note?: string;
  /** What tells it from others of the same name, on a line of its own. */
  detail?: string;
};
export type SelectProps<Key extends string = string> = Omit<
  AriaSelectProps<Choice>,
  "children" | "className" | "isInvalid" | "value" | "onChange"
> &
  FieldProps & { choices: Choice<Key>[]; value: string | null; onChange: (value: Key) => void };

export function Select<Key extends string>({
  label,
  hint,
  error,
  hideLabel,
  choices,
  value,
  onChange,
  ...props
}: SelectProps<Key>) {
  const { t } = useTranslation();
  return (
    <AriaSelect
      placeholder={t("common.choose")}
      {...props}
      className={styles.field ?? ""}
      isInvalid={error !== undefined}
      aria-label={hideLabel ? label : undefined}
      value={value}
      onChange={(key) => onChange(String(key) as Key)}
    >
      {!hideLabel && <FieldLabel required={props.isRequired}>{label}</FieldLabel>}
      <Button className={`${styles.control} ${styles.select}`}>
        <SelectValue className={styles.value ?? ""}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size={16} strokeWidth={1.75} className={styles.chevron} aria-hidden />
      </Button>
      <FieldHelp hint={hint} error={error} />
      <Popover className={menu.popover ?? ""} offset={4}>
        <ListBox className={menu.menu ?? ""} items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={`${row.item} ${menu.item}`}>
              <span className={text.rest}>
                {choice.label}
                {choice.note && <span className={menu.note}> {choice.note}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
