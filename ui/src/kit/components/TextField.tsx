import type { ReactNode, Ref } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import styles from "./Field.module.css";

export type FieldProps = {
  label: string;
  /** Words below the field: how to fill it. */
  hint?: ReactNode;
  /** What is wrong with the value, from Rust. */
  error?: string | undefined;
  /** Without visible label; the label is still its name. */
  hideLabel?: boolean;
};

export type TextFieldProps = Omit<AriaTextFieldProps, "children" | "className" | "isInvalid"> &
  FieldProps & { placeholder?: string; inputRef?: Ref<HTMLInputElement> };

export function TextField({ label, hint, error, hideLabel, placeholder, inputRef, ...props }: TextFieldProps) {
  return (
    <AriaTextField
      {...props}
      className={styles.field ?? ""}
      isInvalid={error !== undefined}
      aria-label={hideLabel ? label : undefined}
    >
      {!hideLabel && <FieldLabel required={props.isRequired}>{label}</FieldLabel>}
      <Input className={styles.input ?? ""} placeholder={placeholder} ref={inputRef} />
      <FieldHelp hint={hint} error={error} />
    </AriaTextField>
  );
}

export type TextAreaProps = Omit<AriaTextFieldProps, "children" | "className" | "isInvalid"> &
  FieldProps & { placeholder?: string; rows?: number; inputRef?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, hideLabel, placeholder, rows = 3, inputRef, ...props }: TextAreaProps) {
  return (
    <AriaTextField
      {...props}
      className={styles.field ?? ""}
      isInvalid={error !== undefined}
      aria-label={hideLabel ? label : undefined}
    >
      {!hideLabel && <FieldLabel required={props.isRequired}>{label}</FieldLabel>}
      <AriaTextArea className={styles.area ?? ""} placeholder={placeholder} rows={rows} ref={inputRef} />
      <FieldHelp hint={hint} error={error} />
    </AriaTextField>
  );
}

export function FieldLabel({ children, required }: { children: ReactNode; required?: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <Label className={styles.label ?? ""}>
      {children}
      {required && <span className={styles.required}> · {t("common.required")}</span>}
    </Label>
  );
}

/** The hint, or in its place what is wrong. */
export function FieldHelp({ hint, error }: { hint?: ReactNode; error?: string | undefined }) {
  if (error !== undefined) return <FieldError className={styles.error ?? ""}>{error}</FieldError>;
  return hint ? (
    <Text slot="description" className={styles.hint ?? ""}>
      {hint}
    </Text>
  ) : null;
}
