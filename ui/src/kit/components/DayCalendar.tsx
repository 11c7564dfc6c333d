import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  Dialog,
  Heading,
  Popover,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import mark from "../layout/Mark.module.css";
import styles from "./DayCalendar.module.css";
import field from "./Field.module.css";
import menu from "./Menu.module.css";

/** The button of a date field, and the month it opens; inside of a `DatePicker`. */
export function DayCalendar() {
  const { t } = useTranslation();
  return (
    <>
      <Button className={`${mark.button} ${field.trigger}`} aria-label={t("common.date.open")}>
        <CalendarDays size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover className={menu.popover ?? ""} offset={8} placement="bottom end">
        <Dialog className={styles.dialog ?? ""} aria-label={t("common.date.calendar")}>
          <Calendar className={styles.calendar ?? ""}>
            <header className={styles.header}>
              <Button slot="previous" className={`${mark.button} ${field.trigger}`}>
                <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
              </Button>
              <Heading className={styles.month ?? ""} />
              <Button slot="next" className={`${mark.button} ${field.trigger}`}>
                <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
              </Button>
            </header>
            <CalendarGrid className={styles.grid ?? ""}>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className={styles.weekday ?? ""}>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell date={date} className={styles.day ?? ""} />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </>
  );
}
