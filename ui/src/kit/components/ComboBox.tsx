import { ChevronDown } from "lucide-react";
import { type RefObject, useContext, useEffect, useRef } from "react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Button,
  ComboBoxStateContext,
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
    /** Said where there is nothing to choose. */
    nothing?: string;
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
  nothing,
  ...props
}: ComboBoxProps) {
  const { t } = useTranslation();
  const chose = useRef(0);
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
      onChange={(key) => {
        chose.current = key === null ? 0 : Date.now();
        onValue(key === null ? null : String(key));
      }}
      allowsCustomValue
    >
      <StaysClosed chose={chose} />
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
          renderEmptyState={() => <div className={menu.empty}>{nothing ?? t("common.noMatch")}</div>}
        >
          {(choice: Choice) => (
            <ListBoxItem id={choice.id} textValue={choice.label} className={`${row.item} ${menu.item}`}>
              <span className={textStyle.rest}>
                {choice.label}
                {choice.note && <span className={menu.note}> {choice.note}</span>}
                {choice.detail && <span className={`${textStyle.clip} ${menu.detail}`}> {choice.detail}</span>}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

/** A choice fills in the words of what was chosen, in milliseconds; nobody types as fast. */
const FILLING_MS = 300;

/** The words that a choice fills in are no typing: they don't open the list again over what comes next. */
function StaysClosed({ chose }: { chose: RefObject<number> }) {
  const state = useContext(ComboBoxStateContext);
  const isOpen = state?.isOpen ?? false;
  useEffect(() => {
    if (isOpen && Date.now() - chose.current < FILLING_MS) state?.close();
  }, [isOpen, state, chose]);
  return null;
}
