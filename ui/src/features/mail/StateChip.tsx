import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  Clock,
  CornerUpLeft,
  type LucideIcon,
  Send,
  SquareArrowOutUpRight,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OutboxState } from "~/ipc";
import { Chip, type ChipTone } from "~/kit/components/Chips.tsx";

const LOOKS: Record<OutboxState, { icon: LucideIcon; tone: ChipTone }> = {
  waiting: { icon: Clock, tone: "waits" },
  sending: { icon: Send, tone: "plain" },
  unclear: { icon: CircleHelp, tone: "waits" },
  sent: { icon: CircleCheck, tone: "good" },
  failed: { icon: CircleX, tone: "bad" },
  bounced: { icon: CornerUpLeft, tone: "bad" },
  handed_over: { icon: SquareArrowOutUpRight, tone: "good" },
  cancelled: { icon: Ban, tone: "faint" },
};

/** Where a message stands. */
export function StateChip({ state }: { state: OutboxState }) {
  const { t } = useTranslation();
  const { icon, tone } = LOOKS[state];
  return (
    <Chip icon={icon} tone={tone}>
      {t(`mail.outbox.state.${state}`)}
    </Chip>
  );
}
