import {
  type CacheTag,
  call,
  commands,
  type DeskArea,
  type DeskGroup,
  type Permission,
  type StaffAssignment,
  type StaffMember,
  type StaffRoleRow,
} from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { choiceLabel } from "~/kit/i18n/words.ts";
import type { RoleKind } from "../roles/RoleForm.tsx";

/** Staff roles: what people of the career center may do at the desk. */
export const STAFF_ROLES: RoleKind<Permission> = {
  tag: "institution",
  permissions: () => commands.deskPermissions(),
  preview: (permissions) => commands.staffRolePreview(permissions),
  groupLabel: (group) => i18next.t(`staff.group.${group as DeskGroup}`),
  opens: (permission) => i18next.t(`staff.opens.${permission}`),
  words: {
    area: (area) => i18next.t(`staff.area.${area as DeskArea}`),
    sight: (area, reach) => i18next.t(`staff.sight.${area as DeskArea}.${reach}`),
  },
};

export const staffQuery = {
  queryKey: ["institution", "staff"],
  queryFn: () => call(commands.staffList()),
  meta: { tags: ["students"] satisfies CacheTag[] },
};

export const staffRolesQuery = {
  queryKey: ["institution", "staff_roles"],
  queryFn: () => call(commands.staffRolesList()),
};

/** What a role is called. */
export function roleName(role: StaffRoleRow): string {
  return role.built_in === null ? role.name : choiceLabel("role", role.built_in);
}

/** A role's name in a list of choices: its id, or which built-in one it is. */
export function roleKey(role: StaffRoleRow): string {
  return role.id ?? role.built_in ?? "";
}

/** How Rust is told which role somebody gets. */
export function assignment(role: StaffRoleRow): StaffAssignment {
  return role.id === null ? { by: "built_in", role: role.built_in ?? "viewer" } : { by: "own", role: role.id };
}

/** The key of the role that somebody has. */
export function roleKeyOf(person: StaffMember): string {
  return person.own_role?.id ?? person.role;
}

export function personName(person: StaffMember): string {
  return `${person.first_name} ${person.last_name}`.trim();
}
