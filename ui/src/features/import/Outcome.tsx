import {
  Ban,
  CircleCheck,
  CirclePlus,
  CircleSlash,
  type LucideIcon,
  Pencil,
  Rows3,
  TriangleAlert,
  UserRoundX,
  UsersRound,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportOutcome } from "~/ipc";
import { Chip, type ChipTone } from "~/kit/components/Chips.tsx";

/** How each outcome of a row is told apart at a glance, beside its words. */
export const OUTCOME_LOOKS: Record<ImportOutcome, { icon: LucideIcon; tone: ChipTone }> = {
  created: { icon: CirclePlus, tone: "good" },
  updated: { icon: Pencil, tone: "plain" },
  unchanged: { icon: CircleCheck, tone: "faint" },
  name_conflict: { icon: UserRoundX, tone: "waits" },
  possible_duplicate: { icon: UsersRound, tone: "waits" },
  skipped: { icon: CircleSlash, tone: "faint" },
  failed: { icon: Ban, tone: "bad" },
  blank: { icon: Rows3, tone: "faint" },
};

/** Of rows that are imported without some of their values. */
export const LEFT_OUT_LOOK: { icon: LucideIcon; tone: ChipTone } = { icon: TriangleAlert, tone: "waits" };

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
