import { Ban, CircleCheck, CirclePlus, type LucideIcon, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportOutcome } from "~/ipc";
import { Chip, type ChipTone } from "~/kit/components/Chips.tsx";

/** How each outcome of a row is told apart at a glance, beside its words. */
export const OUTCOME_LOOKS: Record<ImportOutcome, { icon: LucideIcon; tone: ChipTone }> = {
  created: { icon: CirclePlus, tone: "good" },
  updated: { icon: Pencil, tone: "plain" },
  skipped: { icon: CircleCheck, tone: "faint" },
  failed: { icon: Ban, tone: "bad" },
};

/** What becomes of a row. */
export function OutcomeChip({ outcome }: { outcome: ImportOutcome }) {
  const { t } = useTranslation();
  const { icon, tone } = OUTCOME_LOOKS[outcome];
  return (
    <Chip icon={icon} tone={tone}>
      {t(`import.outcome.one.${outcome}`)}
    </Chip>
  );
}
