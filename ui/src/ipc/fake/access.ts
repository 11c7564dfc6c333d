import type {
  DeskPermissionInfo,
  EmployerUserDetail,
  FieldEdit,
  FieldValue,
  Permission,
  PortalPermission,
  PortalPermissionInfo,
  Reach,
  RoleInfo,
  RolePreview,
  Selection,
  StaffAssignment,
  StaffMember,
  StaffRolePreview,
  StaffRoleRow,
  UsersChange,
  UsersPreview,
} from "../bindings.ts";
import { contactName, type FakeChange, type FakeDesk } from "./desk.ts";
import { type FakeContact, fakeId, ROLES, STAFF } from "./people.ts";

type Values = Record<string, FieldValue>;

const PORTAL: [PortalPermissionInfo["group"], PortalPermission[]][] = [
  ["account", ["edit_account"]],
  ["employer", ["invite_colleagues", "edit_employer", "view_contacts_of_employer"]],
  ["hiring", ["post_jobs", "view_applications", "manage_interviews"]],
  ["events", ["register_events", "register_fairs"]],
  ["students", ["view_students", "message_students"]],
];
const DESK: [DeskPermissionInfo["group"], Permission[]][] = [
  ["directory", ["view_contacts", "edit_contacts", "review_contacts", "see_private", "bulk_update", "merge_contacts"]],
  ["users", ["manage_access", "manage_roles", "manage_users", "assign_cases"]],
  ["site", ["manage_fields", "manage_settings", "manage_staff"]],
];
const NEEDS: { [permission: string]: string } = {
  message_students: "view_students",
  view_applications: "post_jobs",
  bulk_update: "edit_contacts",
};

function listed<P extends string>(groups: [string, P[]][], always: P) {
  return groups.flatMap(([group, members]) =>
    members.map((permission) => ({
      permission,
      group: group as never,
      always: permission === always,
      needs: (NEEDS[permission] ?? null) as P | null,
    })),
  );
}

function full<P extends string>(groups: [string, P[]][], always: P, given: P[]): P[] {
  const all = new Set<string>([always, ...given, ...given.flatMap((permission) => NEEDS[permission] ?? [])]);
  return groups.flatMap(([, members]) => members).filter((permission) => all.has(permission));
}

const reach = (look: boolean, act: boolean): Reach => (act ? "act" : look ? "look" : "hidden");

/** What the fake desk knows of roles and staff; one for each desk. */
type State = { roles: RoleInfo[]; staff: StaffMember[]; staffRoles: StaffRoleRow[] };
const states = new WeakMap<FakeDesk, State>();

function stateOf(desk: FakeDesk): State {
  let state = states.get(desk);
  if (!state) {
    const permissions: PortalPermission[] = ["edit_account", "post_jobs", "register_events"];
    state = {
      roles: ROLES.map((role, n) => ({
        ...role,
        is_default: n === 0,
        permissions: n === 2 ? ["edit_account"] : permissions,
        users: 4,
      })),
      staff: [
        {
          id: STAFF.id,
          first_name: "Morgan",
          last_name: "Ellery",
          email: STAFF.email,
          role: "administrator",
          own_role: null,
          deactivated: false,
          passcode: true,
          me: true,
          cases: 0,
        },
      ],
      staffRoles: (["administrator", "advisor", "viewer"] as const).map((role, n) => ({
        id: null,
        built_in: role,
        name: role,
        description: "",
        permissions: n === 0 ? DESK.flatMap(([, members]) => members) : (["view_contacts"] as Permission[]),
        members: n === 0 ? 1 : 0,
      })),
    };
    states.set(desk, state);
  }
  return state;
}

function users(desk: FakeDesk): FakeContact[] {
  return desk.contacts.filter(({ user }) => user);
}

function selected(desk: FakeDesk, selection: Selection): FakeContact[] {
  const ids = selection.by === "ids" ? selection.ids : (desk.results.get(selection.result)?.ids ?? []);
  const left = selection.by === "ids" ? [] : selection.except;
  return users(desk).filter(({ user }) => ids.includes(user?.id ?? "") && !left.includes(user?.id ?? ""));
}

function roleOf(desk: FakeDesk, name: string) {
  return stateOf(desk).roles.find((role) => role.name === name);
}

function detail(desk: FakeDesk, id: string): EmployerUserDetail {
  const contact = users(desk).find(({ user }) => user?.id === id);
  if (!contact?.user) throw { code: "not_found", what: "employer_user" };
  const employer = desk.employers.get(String(contact.values.employer));
  // Every ninth is, for the look of it, no contact that one sees.
  const isPrivate = Number.parseInt(id.slice(-4), 16) % 9 === 0;
  return {
    id,
    private: isPrivate,
    name: isPrivate ? "" : contactName(contact),
    email: isPrivate ? "" : String(contact.values.email),
    title: isPrivate ? "" : String(contact.values.title),
    work_phone: isPrivate ? "" : String(contact.values.work_phone),
    employer: employer ? { id: employer.id, name: String(employer.values.name) } : null,
    role: roleOf(desk, contact.user.role) ?? null,
    access: contact.user.access,
    without_access: "You do not have access to this site.",
    last_log_in: contact.user.lastLogIn,
    created_at: Number(contact.values.created_at),
    contact: isPrivate ? null : { id: contact.id, name: contactName(contact) },
    changes: desk.audit("employer_user", id).length,
  };
}

function changes(desk: FakeDesk, selection: Selection, change: UsersChange) {
  const role = change.change === "role" ? stateOf(desk).roles.find(({ id }) => id === change.role) : undefined;
  return selected(desk, selection).flatMap(({ user }) => {
    if (!user) return [];
    const now = change.change === "access" ? user.access : (roleOf(desk, user.role)?.id ?? null);
    const after = change.change === "access" ? change.on : (role?.id ?? null);
    return now === after ? [] : [{ user, before: now, after, role }];
  });
}

function make(desk: FakeDesk, selection: Selection, change: UsersChange) {
  const made = changes(desk, selection, change);
  const field = change.change;
  const journaled = made.map<FakeChange>(({ user, before, after, role }) => {
    if (change.change === "access") user.access = change.on;
    else if (role) user.role = role.name;
    return { kind: "employer_user", record: user.id, field, before, after };
  });
  const kind = change.change === "access" ? "users.access" : "users.role";
  const operation = made.length > 0 ? desk.record(kind, journaled, ["employer_users", "contacts"]) : null;
  return { operation, changed: made.length, skipped: 0, users: 0 };
}

function taken(roles: { id: string | null; name: string }[], name: FieldValue, id: string | null) {
  const text = String(name ?? "").trim();
  const problem =
    text === ""
      ? { kind: "required" }
      : roles.some((role) => role.id !== id && role.name.toLowerCase() === text.toLowerCase())
        ? { kind: "in_use", by: text }
        : null;
  if (problem) throw { code: "validation", fields: [{ field: "name", problem }] };
}

/** Rows of a list of employer users. */
export function listUsers(desk: FakeDesk): string[] {
  return users(desk).map(({ user }) => user?.id ?? "");
}

/** The values of an employer user in a list. */
export function userRow(desk: FakeDesk, id: string): { name: string; values: Values } {
  const user = detail(desk, id);
  const { employer, role, contact, ...rest } = user;
  const values = { employer: employer?.id ?? null, role: role?.id ?? null, contact: contact?.id ?? null };
  return { name: user.name, values: { ...rest, ...values } };
}

/** Commands about employer users, roles, staff and security. */
export const accessHandlers = {
  user_get: ({ id }: { id: string }, desk: FakeDesk) => detail(desk, id),
  users_preview: (
    { selection, change }: { selection: Selection; change: UsersChange },
    desk: FakeDesk,
  ): UsersPreview => {
    const made = changes(desk, selection, change);
    const all = selected(desk, selection);
    return {
      changes: made.length,
      already_so: all.length - made.length,
      can_log_in: all.filter(({ user }) => (change.change === "access" ? change.on : user?.access)).length,
      without_access: "You do not have access to this site.",
      first: made.slice(0, 20).map(({ user, before, after }) => ({
        record: user.id,
        kind: "employer_user",
        name: detail(desk, user.id).name,
        created: false,
        erased: false,
        fields: [
          {
            field: change.change,
            before: desk.cell("employer_user", change.change, before),
            after: desk.cell("employer_user", change.change, after),
          },
        ],
      })),
    };
  },
  users_access: ({ selection, access }: { selection: Selection; access: boolean }, desk: FakeDesk) =>
    make(desk, selection, { change: "access", on: access }),
  users_role: ({ selection, role }: { selection: Selection; role: string }, desk: FakeDesk) =>
    make(desk, selection, { change: "role", role }),
  users_erase: ({ selection }: { selection: Selection }, desk: FakeDesk) => {
    const gone = selected(desk, selection);
    for (const contact of gone) contact.user = null;
    return {
      operation: desk.record("users.erase", [], ["employer_users"]),
      changed: gone.length,
      skipped: 0,
      users: 0,
    };
  },
  portal_permissions: () => listed(PORTAL, "edit_account"),
  role_preview: ({ permissions }: { permissions: PortalPermission[] }): RolePreview => {
    const given = full(PORTAL, "edit_account", permissions);
    const has = (permission: PortalPermission) => given.includes(permission);
    return {
      permissions: given,
      sees: [
        { area: "account", reach: "act" },
        { area: "jobs", reach: reach(true, has("post_jobs")) },
        { area: "applications", reach: reach(has("view_applications"), false) },
        { area: "events", reach: reach(true, has("register_events")) },
        { area: "students", reach: reach(has("view_students"), has("message_students")) },
      ],
    };
  },
  roles_list: (_: unknown, desk: FakeDesk) => stateOf(desk).roles,
  role_create: ({ values }: { values: Values }, desk: FakeDesk) => {
    const { roles } = stateOf(desk);
    taken(roles, values.name ?? null, null);
    const id = desk.newId();
    const permissions = full(PORTAL, "edit_account", (values.permissions ?? []) as PortalPermission[]);
    roles.push({ id, name: String(values.name), built_in: false, is_default: false, permissions, users: 0 });
    return { id, operation: desk.record("records.create", [], ["roles"]) };
  },
  role_edit: ({ id, edits }: { id: string; edits: FieldEdit[] }, desk: FakeDesk) => {
    const { roles } = stateOf(desk);
    const role = roles.find((each) => each.id === id);
    for (const { field, after } of edits) {
      if (field === "name") taken(roles, after, id);
      if (role) Object.assign(role, { [field]: after });
    }
    return { operation: desk.record("records.edit", [], ["roles"]), changed: 1, skipped: 0, users: 0 };
  },
  role_delete: ({ id }: { id: string }, desk: FakeDesk) => {
    const state = stateOf(desk);
    const users = state.roles.find((role) => role.id === id)?.users ?? 0;
    state.roles = state.roles.filter((role) => role.id !== id);
    return { operation: desk.record("roles.delete", [], ["roles"]), changed: 1, skipped: 0, users };
  },
  staff_list: (_: unknown, desk: FakeDesk) => stateOf(desk).staff,
  staff_create: ({ values, assignment }: { values: Values; assignment: StaffAssignment }, desk: FakeDesk) => {
    const id = desk.newId();
    const text = (field: string) => String(values[field] ?? "");
    stateOf(desk).staff.push({
      id,
      first_name: text("first_name"),
      last_name: text("last_name"),
      email: text("email"),
      role: assignment.by === "built_in" ? assignment.role : "viewer",
      own_role: null,
      deactivated: false,
      passcode: false,
      me: false,
      cases: 0,
    });
    return { id, operation: desk.record("records.create", [], ["institution"]) };
  },
  staff_assign: () => {
    throw { code: "validation", fields: [{ field: "role", problem: { kind: "last_manager" } }] };
  },
  staff_passcode: ({ authority }: { authority: string | null }) => {
    if (authority !== "correct horse") throw { code: "wrong_passcode" };
    return null;
  },
  staff_roles_list: (_: unknown, desk: FakeDesk) => stateOf(desk).staffRoles,
  desk_permissions: () => listed(DESK, "view_contacts"),
  staff_role_preview: ({ permissions }: { permissions: Permission[] }): StaffRolePreview => {
    const given = full(DESK, "view_contacts", permissions);
    return {
      permissions: given,
      sees: [
        { area: "directory", reach: reach(true, given.includes("edit_contacts")) },
        { area: "queue", reach: reach(true, given.includes("review_contacts")) },
        { area: "staff", reach: reach(true, given.includes("manage_staff")) },
      ],
    };
  },
  security_set: () => null,
  recovery_renew: () => "K7QF-2MZD-9XWA-T4RH-VB3N-8PJC-5EGS-YL6U",
  desk_use: () => [
    { staff: STAFF.id, name: STAFF.name, operations: 214, last_at: Date.now() - 60_000, device: "front-desk" },
    { staff: fakeId(4, 2), name: "Priya Raman", operations: 3, last_at: Date.now() - 9e7, device: "back-office" },
  ],
};
