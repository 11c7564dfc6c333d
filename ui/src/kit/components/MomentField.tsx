import {
  fromAbsolute,
  getLocalTimeZone,
  now,
  toCalendarDateTime,
  toZoned,
  type ZonedDateTime,
} from "@internationalized/date";
import { useEffect, useRef } from "react";
import { DateField as AriaDateField, DateInput, DateSegment } from "react-aria-components";
import styles from "./Field.module.css";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

export type MomentFieldProps = FieldProps & {
  /** Milliseconds since 1970. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** The clock it is told on; this computer's where that is no time zone. */
  zone?: string | undefined;
  isRequired?: boolean;
  autoFocus?: boolean | undefined;
};

const isZone = (name: string) => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
};

/** A day with a time on the clock of a place. Another place means the same time there, so the moment moves. */
export function MomentField(props: MomentFieldProps) {
  const { label, hint, error, hideLabel, value, onChange, zone = "", isRequired, autoFocus } = props;
  const there = zone !== "" && isZone(zone) ? zone : getLocalTimeZone();
  const before = useRef(there);
  useEffect(() => {
    if (before.current === there) return;
    const clock = value === null ? null : toCalendarDateTime(fromAbsolute(value, before.current));
    before.current = there;
    if (clock) onChange(toZoned(clock, there).toDate().getTime());
  }, [there, value, onChange]);
  return (
    <AriaDateField<ZonedDateTime>
      key={there}
      className={styles.field ?? ""}
      aria-label={hideLabel ? label : undefined}
      isInvalid={error !== undefined}
      granularity="minute"
      hideTimeZone
      placeholderValue={now(there).set({ minute: 0, second: 0, millisecond: 0 })}
      value={value === null ? null : fromAbsolute(value, there)}
      onChange={(date) => onChange(date ? date.toDate().getTime() : null)}
      autoFocus={autoFocus}
    >
      {!hideLabel && <FieldLabel required={isRequired}>{label}</FieldLabel>}
      <div className={styles.control}>
        <DateInput className={styles.date ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
      </div>
      <FieldHelp hint={hint} error={error} />
    </AriaDateField>
  );
}
