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
import type { FieldValue, RecordKind } from "~/ipc";
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

/** What a new record begins with: the time zone of this computer, where it has times. */
export function startingValues(kind: ActivityKind): { [field: string]: FieldValue } {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return kind === "meeting" || kind === "event" ? { time_zone: zone } : {};
}
