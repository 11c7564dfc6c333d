import type { ActivityCounts, ActivityPage, MyDay } from "../bindings.ts";

/** How many records each tab has, but for those given: none. */
export function countsOf(some: Partial<ActivityCounts>): ActivityCounts {
  return {
    activities: 0,
    notes: 0,
    tasks: 0,
    meetings: 0,
    emails: 0,
    events: 0,
    interview_schedules: 0,
    job_listings: 0,
    experiences: 0,
    task_contacts: 0,
    ...some,
  };
}

/** The desk in memory has no activities but notes. */
export const activityHandlers = {
  activity_list: (): ActivityPage => ({ rows: [], next: null, total: 0 }),
  my_day: (): MyDay => ({ overdue: [], today: [], reminders: [], meetings: [], overdue_total: 0 }),
};
