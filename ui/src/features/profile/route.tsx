import { createRoute } from "@tanstack/react-router";
import { i18next } from "~/i18n/index.ts";
import { rootRoute } from "../shell/root.tsx";
import { ProfilePage } from "./ProfilePage.tsx";

export const PROFILE_TABS = ["profile", "notes"] as const;
export type ProfileTab = (typeof PROFILE_TABS)[number];
type ProfileSearch = { tab?: ProfileTab; audit?: true };

export const profileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/contacts/$id",
  component: ProfilePage,
  validateSearch: (raw: Record<string, unknown>): ProfileSearch => {
    const tab = PROFILE_TABS.find((each) => each === raw.tab);
    return { ...(tab && tab !== "profile" ? { tab } : {}), ...(raw.audit === true ? { audit: true } : {}) };
  },
  staticData: {
    title: () => i18next.t("profile.title"),
    parent: { to: "/contacts", label: () => i18next.t("contacts.title") },
  },
});
