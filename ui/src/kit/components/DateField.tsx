import { type CalendarDate, getLocalTimeZone, parseDate } from "@internationalized/date";
import { DateField as AriaDateField, DateInput, DateSegment } from "react-aria-components";
import styles from "./Field.module.css";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

export type DateFieldProps = FieldProps & {
  value: string | null;
  onChange: (value: string | null) => void;
  autoFocus?: boolean;
};

/** A calendar day as YYYY-MM-DD, typed part by part in the order of the person's language. */
export function DateField({ label, hint, error, hideLabel, value, onChange, autoFocus }: DateFieldProps) {
  return (
    <AriaDateField<CalendarDate>
      className={styles.field ?? ""}
      aria-label={hideLabel ? label : undefined}
      isInvalid={error !== undefined}
      value={value ? parseDate(value) : null}
      onChange={(date) => onChange(date?.toString() ?? null)}
      autoFocus={autoFocus}
    >
      {!hideLabel && <FieldLabel>{label}</FieldLabel>}
      <div className={styles.control}>
        <DateInput className={styles.date ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
      </div>
      <FieldHelp hint={hint} error={error} />
    </AriaDateField>
  );
}

/** The moment a calendar day starts here, in milliseconds since 1970. */
export function startOfDay(day: string): number {
  return parseDate(day).toDate(getLocalTimeZone()).getTime();
}
