import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { Mail } from "lucide-react";
import type { OutboxState } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { rootRoute } from "~/kit/pages/root.ts";

const title = () => i18next.t("mail.page");

/** What the address of the templates holds: the one that is open, a record or the purpose it ships for. */
type TemplatesSearch = { template?: string };
/** What the address of the outbox holds: the state it is narrowed to, and the message that is open. */
export type OutboxSearch = { state?: OutboxState; message?: string };

export const mailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/mail",
  component: lazyRouteComponent(() => import("./MailSettings.tsx"), "MailSettingsPage"),
  staticData: {
    permissions: ["manage_settings", "send_mail"],
    title,
    navigation: { section: "site", order: 70, label: title, icon: Mail, goKey: "l" },
  },
});

export const mailTemplatesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/mail/templates",
  component: lazyRouteComponent(() => import("./Templates.tsx"), "TemplatesPage"),
  validateSearch: ({ template }: Record<string, unknown>): TemplatesSearch =>
    typeof template === "string" ? { template } : {},
  staticData: { permissions: ["send_mail"], title: () => i18next.t("mail.templatesPage") },
});

export const outboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/settings/mail/outbox",
  component: lazyRouteComponent(() => import("./Outbox.tsx"), "OutboxPage"),
  // A state there is not shows nothing, as one that no message is in.
  validateSearch: ({ state, message }: Record<string, unknown>): OutboxSearch => ({
    ...(typeof state === "string" ? { state: state as OutboxState } : {}),
    ...(typeof message === "string" ? { message } : {}),
  }),
  staticData: { permissions: ["send_mail"], title: () => i18next.t("mail.outboxPage") },
});
