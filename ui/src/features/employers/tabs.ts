import { lazy } from "react";
import type { EmployerProfile } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { PageTab } from "~/records/page/RecordPage.tsx";
import { EMPLOYER_ACTIVITY_TABS } from "../activities/tabs.ts";
import { EmployerOverview } from "./EmployerOverview.tsx";

const FormerContactsTab = lazy(() => import("../archive/FormerContactsTab.tsx"));
const EmployerPeople = lazy(() => import("./EmployerPeople.tsx"));

/** The tabs of an employer's page. */
export const EMPLOYER_TABS: readonly PageTab<EmployerProfile>[] = [
  { id: "overview", label: () => i18next.t("employers.tab.overview"), component: EmployerOverview },
  {
    id: "contacts",
    label: () => i18next.t("employers.tab.contacts"),
    count: ({ contacts }) => contacts,
    component: EmployerPeople,
    fill: true,
  },
  {
    id: "former",
    label: () => i18next.t("archive.former.tab"),
    count: ({ former }) => former,
    component: FormerContactsTab,
  },
  ...EMPLOYER_ACTIVITY_TABS,
];
