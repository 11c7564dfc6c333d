import { Copy, Ellipsis, Eye, PencilLine, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commands, type StaffRoleRow } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { Select } from "~/kit/components/Select.tsx";
import rows from "~/kit/layout/Rows.module.css";
import text from "~/kit/layout/Text.module.css";
import { useAnnounce } from "~/session/undo.ts";
import { DeleteRole } from "../roles/DeleteRole.tsx";
import { RoleMatrix } from "../roles/RoleMatrix.tsx";
import table from "../roles/RoleTable.module.css";
import { assignment, roleKey, roleName, STAFF_ROLES } from "./kind.ts";
import styles from "./Staff.module.css";
import type { StaffRoleRequest } from "./StaffRoleDialog.tsx";

const StaffRoleDialog = lazy(() => import("./StaffRoleDialog.tsx"));

/** The staff roles side by side: those that ship with the product, and one's own. */
export function StaffRoles({ roles, canManage }: { roles: StaffRoleRow[]; canManage: boolean }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<StaffRoleRequest | null>(null);
  const [removing, setRemoving] = useState<StaffRoleRow | null>(null);
  const [usual, setUsual] = useState("advisor");
  const compared = roles.find((role) => roleKey(role) === usual) ?? roles[0];
  return (
    <section aria-labelledby="staff-roles-title">
      <div className={styles.rolesTop}>
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
        <div className={styles.compare}>
          <Select
            label={t("staff.roles.compare")}
            choices={roles.map((role) => ({ id: roleKey(role), label: roleName(role) }))}
            value={compared ? roleKey(compared) : null}
            onChange={setUsual}
          />
          {compared && <p className={text.lead}>{t("roles.boldDiffers", { name: roleName(compared) })}</p>}
        </div>
      </div>
      <RoleMatrix
        kind={STAFF_ROLES}
        label={t("staff.roles.list")}
        columns={roles.map((role) => ({
          key: roleKey(role),
          permissions: role.permissions,
          head: <StaffRoleHead role={role} canManage={canManage} onAsk={setAsked} onDelete={setRemoving} />,
        }))}
        usual={compared && { key: roleKey(compared), name: roleName(compared) }}
      />
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

type HeadProps = {
  role: StaffRoleRow;
  canManage: boolean;
  onAsk: (request: StaffRoleRequest) => void;
  onDelete: (role: StaffRoleRow) => void;
};

function StaffRoleHead({ role, canManage, onAsk, onDelete }: HeadProps) {
  const { t } = useTranslation();
  const name = roleName(role);
  const canEdit = canManage && role.id !== null;
  const what = role.built_in !== null ? t(`staff.roles.descriptions.${role.built_in}`) : role.description;
  return (
    <div className={table.head}>
      <div className={table.title}>
        <AriaButton className={table.open ?? ""} onPress={() => onAsk({ what: canEdit ? "edit" : "view", role })}>
          {name}
        </AriaButton>
        <Menu
          label={t("staff.actions", { name })}
          trigger={<IconButton label={t("staff.actions", { name })} icon={Ellipsis} size="small" />}
        >
          <MenuItem
            id={canEdit ? "edit" : "view"}
            icon={canEdit ? PencilLine : Eye}
            onAction={() => onAsk({ what: canEdit ? "edit" : "view", role })}
          >
            {t(canEdit ? "roles.edit" : "roles.view")}
          </MenuItem>
          {canManage && (
            <MenuItem id="duplicate" icon={Copy} onAction={() => onAsk({ what: "duplicate", role })}>
              {t("roles.duplicate")}
            </MenuItem>
          )}
          {canEdit && <MenuSeparator />}
          {canEdit && (
            <MenuItem id="delete" icon={Trash2} tone="bad" onAction={() => onDelete(role)}>
              {t("roles.delete")}
            </MenuItem>
          )}
        </Menu>
      </div>
      <div className={table.facts}>
        <span>{t("staff.roles.members", { count: role.members })}</span>
        {role.built_in !== null && <Chip tone="faint">{t("staff.roles.builtIn")}</Chip>}
      </div>
      {what && <p className={table.what}>{what}</p>}
    </div>
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
