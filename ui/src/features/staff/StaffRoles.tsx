import { Copy, Ellipsis, Eye, PencilLine, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffRoleRow } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { DeleteRole } from "../roles/DeleteRole.tsx";
import roleStyles from "../roles/Roles.module.css";
import { assignment, roleKey, roleName } from "./kind.ts";
import type { StaffRoleRequest } from "./StaffRoleDialog.tsx";

const StaffRoleDialog = lazy(() => import("./StaffRoleDialog.tsx"));

/** The staff roles: those that ship with the product, and one's own. */
export function StaffRoles({ roles, canManage }: { roles: StaffRoleRow[]; canManage: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<StaffRoleRequest | null>(null);
  const [removing, setRemoving] = useState<StaffRoleRow | null>(null);
  return (
    <section aria-labelledby="staff-roles-title">
      <header className={rows.header}>
        <h2 id="staff-roles-title" className={rows.title}>
          {t("staff.roles.title")}
        </h2>
        {canManage && (
          <Button icon={Plus} onPress={() => setAsked({ what: "new" })}>
            {t("staff.roles.new")}
          </Button>
        )}
      </header>
      <p className={text.lead}>{t("staff.roles.lead")}</p>
      <ul className={rows.list} aria-label={t("staff.roles.list")}>
        {roles.map((role) => {
          const name = roleName(role);
          const canEdit = canManage && role.id !== null;
          return (
            <li key={roleKey(role)} className={`${rows.row} ${roleStyles.row}`}>
              <span className={stack.words}>
                <AriaButton
                  className={`${roleStyles.open} ${rows.name}`}
                  onPress={() => setAsked({ what: canEdit ? "edit" : "view", role })}
                >
                  {name}
                </AriaButton>
                <span className={rows.note}>
                  {role.built_in !== null
                    ? t(`staff.roles.descriptions.${role.built_in}`)
                    : role.description ||
                      role.permissions.map((permission) => choiceLabel("permissions", permission)).join(" · ")}
                </span>
              </span>
              {role.built_in !== null && <Chip tone="faint">{t("staff.roles.builtIn")}</Chip>}
              <span className={rows.count}>{t("staff.roles.members", { count: role.members })}</span>
              <span data-above>
                <Menu
                  label={t("staff.actions", { name })}
                  trigger={<IconButton label={t("staff.actions", { name })} icon={Ellipsis} size="small" />}
                >
                  <MenuItem
                    id={canEdit ? "edit" : "view"}
                    icon={canEdit ? PencilLine : Eye}
                    onAction={() => setAsked({ what: canEdit ? "edit" : "view", role })}
                  >
                    {t(canEdit ? "roles.edit" : "roles.view")}
                  </MenuItem>
                  {canManage && (
                    <MenuItem id="duplicate" icon={Copy} onAction={() => setAsked({ what: "duplicate", role })}>
                      {t("roles.duplicate")}
                    </MenuItem>
                  )}
                  {canEdit && <MenuSeparator />}
                  {canEdit && (
                    <MenuItem id="delete" icon={Trash2} tone="bad" onAction={() => setRemoving(role)}>
                      {t("roles.delete")}
                    </MenuItem>
                  )}
                </Menu>
              </span>
            </li>
          );
        })}
      </ul>
      <Suspense>
        {asked && <StaffRoleDialog request={asked} onClose={() => setAsked(null)} />}
        {removing && (
          <DeleteStaffRole
            role={removing}
            others={roles.filter((role) => role !== removing)}
            onClose={() => setRemoving(null)}
          />
        )}
      </Suspense>
    </section>
  );
}

function DeleteStaffRole({
  role,
  others,
  onClose,
}: {
  role: StaffRoleRow;
  others: StaffRoleRow[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const choices = others
    .filter(({ built_in }) => built_in !== "administrator")
    .concat(others.filter(({ built_in }) => built_in === "administrator"))
    .map((each) => ({ id: roleKey(each), label: roleName(each) }));
  return (
    <DeleteRole
      name={role.name}
      sentences={[t("staff.roles.deleteWill", { count: role.members })]}
      label={t("staff.roles.instead")}
      choices={choices}
      users={role.members}
      remove={async (key) => {
        const instead = others.find((each) => roleKey(each) === key);
        if (!instead || role.id === null) return;
        const done = await call(commands.staffRoleDelete(role.id, assignment(instead)));
        const handedOn =
          done.changed > 0 ? ` ${t("staff.roles.handedOn", { count: done.changed, role: roleName(instead) })}` : "";
        announce(done.operation, t("roles.deleted", { name: role.name }) + handedOn);
      }}
      onClose={onClose}
    />
  );
}
