import { createRootRoute } from "@tanstack/react-router";
import type { LucideIcon } from "lucide-react";
import type { Permission } from "~/ipc";

/** An entry of the left navigation. */
export type NavigationEntry = {
  section: "main" | "notifications" | "activities" | "users" | "site";
  /** Place within the section; leave gaps. */
  order: number;
  /** Words, already looked up when the navigation is drawn. */
  label: () => string;
  icon: LucideIcon;
  /** A number beside the label; a hook. */
  useBadge?: () => number | undefined;
  /** The second key of the sequence "g …" that goes there. */
  goKey?: string;
  /** Left out for whoever may do this: another entry leads there for them. */
  unless?: Permission;
};

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    /** The page's title in the top bar, unless the page sets its own with `usePageTitle`. */
    title?: () => string;
    navigation?: NavigationEntry;
    /** Whoever may do none of these may not open the page, and isn’t led there; without it everybody may. */
    permissions?: readonly Permission[];
    /** The list this page belongs to; shown before the title as the way back. */
    parent?: { to: string; label: () => string };
  }
}

/** Above every screen. What it draws around them is the app's own and given to it there (`app/root.tsx`). */
export const rootRoute = createRootRoute();
