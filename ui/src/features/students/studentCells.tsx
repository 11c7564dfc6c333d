import { Ban, CircleCheck, Clock, type LucideIcon, MailQuestion, MailX } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "~/kit/components/Avatar.tsx";
import { Chip, type ChipTone } from "~/kit/components/Chips.tsx";
import { shortChoiceLabel } from "~/kit/i18n/words.ts";
import rowStyle from "~/kit/layout/Row.module.css";
import text from "~/kit/layout/Text.module.css";
import type { ListRow } from "~/records/query/useResultSet.ts";

const STATUS: Record<string, { icon: LucideIcon; tone: ChipTone }> = {
  active: { icon: CircleCheck, tone: "good" },
  inactive: { icon: Clock, tone: "waits" },
  refused: { icon: MailX, tone: "bad" },
  not_invited: { icon: MailQuestion, tone: "faint" },
  deactivated: { icon: Ban, tone: "bad" },
};

/** Whether the account is activated (M33). */
export function StatusChip({ status }: { status: string }) {
  const look = STATUS[status];
  return (
    <Chip icon={look?.icon} tone={look?.tone ?? "plain"}>
      {shortChoiceLabel("status", status)}
    </Chip>
  );
}

/** Whose case somebody is: initials and name; hovering shows the whole name (M38). */
function Holder({ name }: { name: string }) {
  return (
    <span className={rowStyle.icon} title={name}>
      <Avatar name={name} size={20} />
      <span className={text.clip}>{name}</span>
    </span>
  );
}

/** How the list of users shows status and assignment. */
export const STUDENT_CELLS: { [field: string]: (row: ListRow) => ReactNode } = {
  status: ({ cells }) => (cells.status?.value ? <StatusChip status={String(cells.status.value)} /> : null),
  assigned_to: ({ cells }) => (cells.assigned_to?.text ? <Holder name={cells.assigned_to.text} /> : null),
};
