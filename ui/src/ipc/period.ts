/** The units a span of time is written in, as conditions of a filter hold it: "18 months". */
export const PERIOD_UNITS = ["days", "months", "years"] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

/** "18 months" → 18 and months, "1 year" → 1 and years; 0 where there is no number. */
export function splitPeriod(value: string): { amount: number; unit: PeriodUnit } {
  const [amount, unit] = value.trim().split(" ");
  const known = PERIOD_UNITS.find((each) => each === unit || each === `${unit}s`);
  return { amount: /^\d+$/.test(amount ?? "") ? Number(amount) : 0, unit: known ?? "months" };
}
