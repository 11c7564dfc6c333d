import { lazy } from "react";
import type { ContactProfile } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { PageTab } from "~/records/page/RecordPage.tsx";
import { ACTIVITIES_TAB, CONTACT_ACTIVITY_TABS } from "../activities/tabs.ts";
import { ProfileTab } from "./ProfileTab.tsx";

const TimelineTab = lazy(() => import("./TimelineTab.tsx"));
const NotesTab = lazy(() => import("./NotesTab.tsx"));

/** A contact in the trash can be read only; what belongs to it is in the trash with it. */
export const TRASHED_CONTACT_TABS: readonly PageTab<ContactProfile>[] = [
  { id: "profile", label: () => i18next.t("profile.tab.profile"), component: ProfileTab, wide: true },
];

/** The tabs of a contact's profile (M15), in their order; the keys 1–9 go to the first nine. */
export const CONTACT_TABS: readonly PageTab<ContactProfile>[] = [
  { id: "profile", label: () => i18next.t("profile.tab.profile"), component: ProfileTab, wide: true },
  { id: "timeline", label: () => i18next.t("profile.tab.timeline"), component: TimelineTab },
  ACTIVITIES_TAB,
  {
    id: "notes",
    label: () => i18next.t("profile.tab.notes"),
    count: ({ counts }) => counts.notes,
    mark: ({ has_draft }) => (has_draft ? i18next.t("profile.tab.draft") : undefined),
    component: NotesTab,
  },
  ...CONTACT_ACTIVITY_TABS,
];
