import { type CacheTag, call, commands, type PortalArea, type PortalGroup, type PortalPermission } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import type { RoleKind } from "./RoleForm.tsx";

/** Employer user roles: what people at employers may do in the portal. */
export const PORTAL_ROLES: RoleKind<PortalPermission> = {
  tag: "roles",
  permissions: () => commands.portalPermissions(),
  preview: (permissions) => commands.rolePreview(permissions),
  groupLabel: (group) => i18next.t(`roles.group.${group as PortalGroup}`),
  opens: (permission) => i18next.t(`roles.opens.${permission}`),
  words: {
    area: (area) => i18next.t(`roles.area.${area as PortalArea}`),
    sight: (area, reach) => i18next.t(`roles.sight.${area as PortalArea}.${reach}`),
  },
};

/** Every role with how many users have it. */
export const rolesQuery = {
  queryKey: ["roles", "list"],
  queryFn: () => call(commands.rolesList()),
  meta: { tags: ["employer_users"] satisfies CacheTag[] },
};
