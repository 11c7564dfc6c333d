import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Briefcase, CalendarClock, CalendarDays, GraduationCap, ListTodo, Presentation } from "lucide-react";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";
import { pageSearch } from "~/records/page/pageSearch.ts";
import { listSearch } from "~/records/query/listSearch.ts";

const lists = () => import("./ActivityList.tsx");

export const tasksRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/tasks",
  component: lazyRouteComponent(lists, "Tasks"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("tasks.title"),
    navigation: { section: "activities", order: 31, label: () => i18next.t("tasks.title"), icon: ListTodo, goKey: "t" },
  },
});

export const meetingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/meetings",
  component: lazyRouteComponent(lists, "Meetings"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("meetings.title"),
    navigation: {
      section: "activities",
      order: 32,
      label: () => i18next.t("meetings.title"),
      icon: CalendarClock,
      goKey: "m",
    },
  },
});

export const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/events",
  component: lazyRouteComponent(lists, "Events"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("events.title"),
    navigation: {
      section: "activities",
      order: 33,
      label: () => i18next.t("events.title"),
      icon: CalendarDays,
      goKey: "v",
    },
  },
});

export const eventRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/events/$id",
  component: lazyRouteComponent(() => import("./EventPage.tsx"), "EventPage"),
  validateSearch: pageSearch,
  staticData: {
    title: () => i18next.t("events.page"),
    parent: { to: "/events", label: () => i18next.t("events.title") },
  },
});

export const interviewsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/interviews",
  component: lazyRouteComponent(lists, "Interviews"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("interviews.title"),
    navigation: {
      section: "activities",
      order: 34,
      label: () => i18next.t("interviews.title"),
      icon: Presentation,
      goKey: "w",
    },
  },
});

export const listingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/listings",
  component: lazyRouteComponent(lists, "Listings"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("listings.title"),
    navigation: {
      section: "activities",
      order: 35,
      label: () => i18next.t("listings.title"),
      icon: Briefcase,
      goKey: "j",
    },
  },
});

export const experiencesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/experiences",
  component: lazyRouteComponent(lists, "Experiences"),
  validateSearch: listSearch,
  staticData: {
    title: () => i18next.t("experiences.title"),
    navigation: {
      section: "activities",
      order: 36,
      label: () => i18next.t("experiences.title"),
      icon: GraduationCap,
      goKey: "x",
    },
  },
});
