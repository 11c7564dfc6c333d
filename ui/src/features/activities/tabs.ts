import { lazy } from "react";
import type { ContactProfile, EmployerProfile, EmployerUserDetail, StudentPanel } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { PageTab } from "~/records/page/RecordPage.tsx";

type ContactTabs = typeof import("./pageTabs.tsx")["contactTabs"];
type StudentTabs = typeof import("./pageTabs.tsx")["studentTabs"];
type EmployerTabs = typeof import("./pageTabs.tsx")["employerTabs"];

const contactTab = (id: keyof ContactTabs): PageTab<ContactProfile> => ({
  id,
  label: () => i18next.t(`activities.tab.${id}`),
  count: ({ counts }) => counts[id],
  component: lazy(async () => ({ default: (await import("./pageTabs.tsx")).contactTabs[id] })),
});
const employerTab = (id: keyof EmployerTabs): PageTab<EmployerProfile> => ({
  id,
  label: () => i18next.t(`activities.tab.${id}`),
  count: ({ counts }) => counts[id],
  component: lazy(async () => ({ default: (await import("./pageTabs.tsx")).employerTabs[id] })),
});

/** Notes, tasks and meetings together. */
export const ACTIVITIES_TAB = contactTab("activities");

/** The further tabs of a contact's profile (M15). */
export const CONTACT_ACTIVITY_TABS = [
  contactTab("emails"),
  contactTab("events"),
  contactTab("interview_schedules"),
  contactTab("job_listings"),
  contactTab("experiences"),
  contactTab("task_contacts"),
];

/** The further tabs of an employer's page. */
export const EMPLOYER_ACTIVITY_TABS = [
  employerTab("events"),
  employerTab("interview_schedules"),
  employerTab("job_listings"),
  employerTab("experiences"),
];

const studentTab = (id: keyof StudentTabs): PageTab<StudentPanel> => ({
  id,
  label: () => i18next.t(`activities.tab.${id}`),
  count: ({ counts }) => counts[id],
  component: lazy(async () => ({ default: (await import("./pageTabs.tsx")).studentTabs[id] })),
});

/** The further tabs of a student or alum. */
export const STUDENT_TABS = [studentTab("activities"), studentTab("notes"), studentTab("emails")];

/** The e-mails of an employer user: those of the linked contact. */
export const EMPLOYER_USER_EMAILS_TAB: PageTab<EmployerUserDetail> = {
  id: "emails",
  label: () => i18next.t("activities.tab.emails"),
  hidden: ({ contact }) => contact === null,
  component: lazy(async () => ({ default: (await import("./pageTabs.tsx")).employerUserTabs.emails })),
};
