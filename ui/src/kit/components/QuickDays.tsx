import { type CalendarDate, startOfWeek, today } from "@internationalized/date";
import { useTranslation } from "react-i18next";
import { zoneHere } from "../i18n/zone.ts";
import { Button } from "./Button.tsx";
import styles from "./DayCalendar.module.css";

/** The days that are meant most often, by the calendar of a place. */
export function quickDays(zone: string = zoneHere(), language = "en-US") {
  const now = today(zone);
  return {
    today: now,
    tomorrow: now.add({ days: 1 }),
    // The Monday to come, wherever the week begins.
    nextWeek: startOfWeek(now, language, "mon").add({ weeks: 1 }),
  };
}

type Props = { zone?: string; onChoose: (day: CalendarDate) => void };

/** Today, tomorrow, next week: one click below a date field. */
export function QuickDays({ zone, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const days = quickDays(zone, i18n.language);
  return (
    <div className={styles.quick}>
      {(["today", "tomorrow", "nextWeek"] as const).map((day) => (
        <Button key={day} size="small" variant="quiet" onPress={() => onChoose(days[day])}>
          {t(`common.date.${day}`)}
        </Button>
      ))}
    </div>
  );
}
