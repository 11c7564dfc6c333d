import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button, Label, Tag, TagGroup, TagList } from "react-aria-components";
import { useTranslation } from "react-i18next";
import mark from "../layout/Mark.module.css";
import styles from "./Field.module.css";
import { TextField, type TextFieldProps } from "./TextField.tsx";

export type ListFieldProps = Omit<TextFieldProps, "value" | "onChange"> & {
  value: string[];
  onChange: (value: string[]) => void;
  /** The tint of a word, by key. */
  tintOf?: (word: string) => string | undefined;
  /** Below the field: words to choose from, given what is typed. */
  children?: (text: string, add: (word: string) => void) => ReactNode;
};

/** Several short words: Enter or a comma adds one, the cross or Backspace removes one. */
export function ListField({ value, onChange, label, tintOf, children, ...props }: ListFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const add = (words: string) => {
    const added = words
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "" && !value.includes(word));
    if (added.length > 0) onChange([...value, ...added]);
    setText("");
  };
  return (
    <div className={styles.field}>
      <TagGroup
        className={styles.tags ?? ""}
        aria-label={label}
        onRemove={(keys) => onChange(value.filter((word) => !keys.has(word)))}
      >
        <Label className={styles.label ?? ""}>{label}</Label>
        <TagList className={styles.tagList ?? ""} items={value.map((word) => ({ id: word }))}>
          {(word) => (
            <Tag className={styles.tag ?? ""} textValue={word.id} data-tint={tintOf?.(word.id)}>
              {word.id}
              <Button
                slot="remove"
                className={`${mark.button} ${styles.trigger}`}
                aria-label={t("common.remove", { name: word.id })}
              >
                <X size={12} aria-hidden />
              </Button>
            </Tag>
          )}
        </TagList>
      </TagGroup>
      <TextField
        {...props}
        label={label}
        hideLabel
        value={text}
        onChange={(next) => (next.endsWith(",") ? add(next) : setText(next))}
        onBlur={() => add(text)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && text.trim() !== "") {
            event.preventDefault();
            add(text);
          } else if (event.key === "Backspace" && text === "") onChange(value.slice(0, -1));
          else event.continuePropagation?.();
        }}
      />
      {children?.(text, add)}
    </div>
  );
}
