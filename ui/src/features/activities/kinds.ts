import {
  Briefcase,
  CalendarClock,
  CalendarDays,
  GraduationCap,
  ListTodo,
  type LucideIcon,
  Mail,
  Presentation,
  Ticket,
} from "lucide-react";
import type { FieldValue, Id, RecordKind } from "~/ipc";
import { zoneHere } from "~/kit/i18n/zone.ts";
import type { ListWords } from "~/records/listWords.ts";

export type ActivityKind =
  | "task"
  | "meeting"
  | "email"
  | "event"
  | "participation"
  | "interview_schedule"
  | "job_listing"
  | "experience";

/** What the forms of an activity say, and which fields they leave to other places. */
export const ACTIVITY_KINDS: Record<ActivityKind, { words: ListWords; icon: LucideIcon; omit?: string[] }> = {
  task: { words: "tasks", icon: ListTodo, omit: ["done"] },
  meeting: { words: "meetings", icon: CalendarClock },
  email: { words: "emails", icon: Mail },
  event: { words: "events", icon: CalendarDays },
  participation: { words: "registrations", icon: Ticket, omit: ["meeting", "interview_schedule"] },
  interview_schedule: { words: "interviews", icon: Presentation },
  job_listing: { words: "listings", icon: Briefcase },
  experience: { words: "experiences", icon: GraduationCap },
};

export function isActivityKind(kind: RecordKind): kind is ActivityKind {
  return kind in ACTIVITY_KINDS;
}

/** What a new record begins with: whoever adds it does it, and it has the time zone of the institution. */
export function startingValues(kind: ActivityKind, me: Id | null): { [field: string]: FieldValue } {
  const zone = zoneHere();
  if (kind === "task") return { assignee: me };
  if (kind === "meeting") return { organizer: me, time_zone: zone };
  return kind === "event" ? { time_zone: zone } : {};
}
