import { useTranslation } from "react-i18next";
import { PERIOD_UNITS, splitPeriod } from "~/ipc/period.ts";
import { Select } from "~/kit/components/Select.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import styles from "./Filters.module.css";

/** A span of time that ends now: a number and what it counts. */
export function PeriodInput({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { t } = useTranslation();
  const { amount, unit } = splitPeriod(value);
  return (
    <div className={styles.period}>
      <TextField
        label={t("filters.period.amount")}
        hideLabel
        autoFocus
        inputMode="numeric"
        value={amount > 0 ? String(amount) : ""}
        onChange={(text) => onValue(`${text.replace(/\D/g, "")} ${unit}`)}
        autoComplete="off"
      />
      <Select
        label={t("filters.period.unit")}
        hideLabel
        choices={PERIOD_UNITS.map((each) => ({ id: each, label: t(`filters.period.units.${each}`) }))}
        value={unit}
        onChange={(chosen) => onValue(`${amount > 0 ? amount : ""} ${chosen}`)}
      />
    </div>
  );
}
