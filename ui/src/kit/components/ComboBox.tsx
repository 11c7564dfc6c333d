import { ChevronDown } from "lucide-react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Button,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import mark from "../layout/Mark.module.css";
import row from "../layout/Row.module.css";
import textStyle from "../layout/Text.module.css";
import styles from "./Field.module.css";
import menu from "./Menu.module.css";
import type { Choice } from "./Select.tsx";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

export type ComboBoxProps = Omit<
  AriaComboBoxProps<Choice>,
  "children" | "className" | "isInvalid" | "items" | "inputValue" | "onInputChange" | "value" | "onChange"
> &
  FieldProps & {
    /** What matches the text now; the caller looks it up. */
    choices: Choice[];
    text: string;
    onText: (text: string) => void;
    value: string | null;
    onValue: (id: string | null) => void;
    placeholder?: string;
  };

/** A field that suggests records while one types. The caller filters: the list may be of any length. */
export function ComboBox({
  label,
  hint,
  error,
  hideLabel,
  choices,
  text,
  onText,
  value,
  onValue,
  placeholder,
  ...props
}: ComboBoxProps) {
  const { t } = useTranslation();
  return (
    <AriaComboBox
      menuTrigger="focus"
      allowsEmptyCollection
      {...props}
      className={styles.field ?? ""}
      isInvalid={error !== undefined}
      aria-label={hideLabel ? label : undefined}
      items={choices}
      inputValue={text}
      onInputChange={onText}
      value={value}
      onChange={(key) => onValue(key === null ? null : String(key))}
      allowsCustomValue
    >
      {!hideLabel && <FieldLabel required={props.isRequired}>{label}</FieldLabel>}
      <div className={styles.control} data-combo>
        <Input className={styles.input ?? ""} placeholder={placeholder} />
        <Button className={`${mark.button} ${styles.trigger}`}>
          <ChevronDown size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
      <FieldHelp hint={hint} error={error} />
      <Popover className={menu.popover ?? ""} offset={4} data-trigger="ComboBox">
        <ListBox
          className={menu.menu ?? ""}
          renderEmptyState={() => <div className={menu.empty}>{t("common.noMatch")}</div>}
        >
          {(choice: Choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={`${row.item} ${menu.item}`}>
              <span className={textStyle.rest}>
                {choice.label}
                {choice.note && <span className={menu.note}> {choice.note}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
