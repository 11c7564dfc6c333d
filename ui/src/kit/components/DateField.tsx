import { type CalendarDate, parseDate } from "@internationalized/date";
import { DateInput, DatePicker, DateSegment, Group } from "react-aria-components";
import { DayCalendar } from "./DayCalendar.tsx";
import styles from "./Field.module.css";
import { QuickDays } from "./QuickDays.tsx";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

export type DateFieldProps = FieldProps & {
  value: string | null;
  onChange: (value: string | null) => void;
  isRequired?: boolean;
  autoFocus?: boolean | undefined;
  /** The last day that can be chosen in the calendar. */
  latest?: string;
  /** Offers today, tomorrow and next week below. */
  quick?: boolean;
};

/** A calendar day as YYYY-MM-DD, typed part by part in the order of the person's language, or chosen in a month. */
export function DateField(props: DateFieldProps) {
  const { label, hint, error, hideLabel, value, onChange, isRequired, autoFocus, latest, quick } = props;
  const picker = (
    <DatePicker<CalendarDate>
      className={styles.field ?? ""}
      aria-label={hideLabel ? label : undefined}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      value={value ? parseDate(value) : null}
      onChange={(date) => onChange(date?.toString() ?? null)}
      autoFocus={autoFocus}
      maxValue={latest ? parseDate(latest) : null}
    >
      {!hideLabel && <FieldLabel required={isRequired}>{label}</FieldLabel>}
      <Group className={styles.control ?? ""}>
        <DateInput className={styles.date ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
        <DayCalendar />
      </Group>
      <FieldHelp hint={hint} error={error} />
    </DatePicker>
  );
  // Beside the picker, not in it: every button in there opens the calendar.
  return quick ? (
    <div>
      {picker}
      <QuickDays onChoose={(day) => onChange(day.toString())} />
    </div>
  ) : (
    picker
  );
}
