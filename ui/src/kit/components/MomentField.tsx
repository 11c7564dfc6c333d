import {
  type CalendarDate,
  fromAbsolute,
  isSameDay,
  now,
  Time,
  toCalendarDateTime,
  toTime,
  toZoned,
  type ZonedDateTime,
} from "@internationalized/date";
import { useEffect, useRef } from "react";
import { DateInput, DatePicker, DateSegment, Group } from "react-aria-components";
import { isElsewhere, isZone, zoneHere, zoneName } from "../i18n/zone.ts";
import { DayCalendar } from "./DayCalendar.tsx";
import styles from "./Field.module.css";
import { QuickDays } from "./QuickDays.tsx";
import { FieldHelp, FieldLabel, type FieldProps } from "./TextField.tsx";

export type MomentFieldProps = FieldProps & {
  /** Milliseconds since 1970. */
  value: number | null;
  onChange: (value: number | null) => void;
  /** The clock it is told on; the institution’s where that is no time zone. */
  zone?: string | undefined;
  isRequired?: boolean;
  autoFocus?: boolean | undefined;
  /** Offers today, tomorrow and next week below. */
  quick?: boolean;
};

/** When a day is chosen and no time was said: the next full hour today, the morning on any other day. */
const MORNING = new Time(9);

/** A day with a time on the clock of a place. Another place means the same time there, so the moment moves. */
export function MomentField(props: MomentFieldProps) {
  const { label, hint, error, hideLabel, value, onChange, zone = "", isRequired, autoFocus, quick } = props;
  const there = zone !== "" && isZone(zone) ? zone : zoneHere();
  // Whoever looks at another clock must know which one this is.
  const said = hint ?? (isElsewhere() || there !== zoneHere() ? zoneName(there) : undefined);
  const before = useRef(there);
  useEffect(() => {
    if (before.current === there) return;
    const clock = value === null ? null : toCalendarDateTime(fromAbsolute(value, before.current));
    before.current = there;
    if (clock) onChange(toZoned(clock, there).toDate().getTime());
  }, [there, value, onChange]);
  const choose = (day: CalendarDate) => {
    const clock = now(there);
    const soon = isSameDay(day, clock) && clock.hour < 23 ? new Time(clock.hour + 1) : MORNING;
    const time = value === null ? soon : toTime(fromAbsolute(value, there));
    onChange(toZoned(toCalendarDateTime(day, time), there).toDate().getTime());
  };
  const picker = (
    <DatePicker<ZonedDateTime>
      key={there}
      className={styles.field ?? ""}
      aria-label={hideLabel ? label : undefined}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      granularity="minute"
      hideTimeZone
      placeholderValue={now(there).set({ minute: 0, second: 0, millisecond: 0 })}
      value={value === null ? null : fromAbsolute(value, there)}
      onChange={(date) => onChange(date ? date.toDate().getTime() : null)}
      autoFocus={autoFocus}
    >
      {!hideLabel && <FieldLabel required={isRequired}>{label}</FieldLabel>}
      <Group className={styles.control ?? ""}>
        <DateInput className={styles.date ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
        <DayCalendar />
      </Group>
      <FieldHelp hint={said} error={error} />
    </DatePicker>
  );
  // Beside the picker, not in it: every button in there opens the calendar.
  return quick ? (
    <div>
      {picker}
      <QuickDays zone={there} onChoose={choose} />
    </div>
  ) : (
    picker
  );
}
