import { Link } from "@tanstack/react-router";
import { Copy, Ellipsis, Eye, PencilLine, Trash2 } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Id, RoleInfo } from "~/ipc";
import { IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { PORTAL_ROLES } from "./kind.ts";
import type { RoleRequest } from "./RoleDialog.tsx";
import { RoleMatrix } from "./RoleMatrix.tsx";
import styles from "./RoleTable.module.css";

type Props = {
  roles: readonly RoleInfo[];
  current: Id | null;
  canManage: boolean;
  onShow: (id: Id) => void;
  onAsk: (request: RoleRequest) => void;
  onDelete: ((role: RoleInfo) => void) | undefined;
};

/** The employer user roles side by side, in bold where they differ from the one after sign-up. */
export function RoleTable(props: Props) {
  const { t } = useTranslation();
  const usual = props.roles.find(({ is_default: isDefault }) => isDefault);
  return (
    <RoleMatrix
      kind={PORTAL_ROLES}
      label={t("roles.list")}
      columns={props.roles.map((role) => ({
        key: role.id,
        permissions: role.permissions,
        head: <RoleHead {...props} role={role} />,
      }))}
      current={props.current}
      usual={usual && { key: usual.id, name: usual.name }}
    />
  );
}

function RoleHead({ role, current, canManage, onShow, onAsk, onDelete }: Props & { role: RoleInfo }) {
  const { t } = useTranslation();
  const { name } = role;
  return (
    <div className={styles.head}>
      <div className={styles.title}>
        <AriaButton className={styles.open ?? ""} aria-pressed={role.id === current} onPress={() => onShow(role.id)}>
          {name}
        </AriaButton>
        <Menu
          label={t("roles.actions", { name })}
          trigger={<IconButton label={t("roles.actions", { name })} icon={Ellipsis} size="small" />}
        >
          <MenuItem
            id={canManage ? "edit" : "view"}
            icon={canManage ? PencilLine : Eye}
            onAction={() => onAsk({ what: canManage ? "edit" : "view", role })}
          >
            {t(canManage ? "roles.edit" : "roles.view")}
          </MenuItem>
          {canManage && (
            <MenuItem id="duplicate" icon={Copy} onAction={() => onAsk({ what: "duplicate", role })}>
              {t("roles.duplicate")}
            </MenuItem>
          )}
          {onDelete && <MenuSeparator />}
          {onDelete && (
            <MenuItem
              id="delete"
              icon={Trash2}
              tone="bad"
              isDisabled={role.is_default}
              note={role.is_default ? t("roles.cannotDelete") : undefined}
              onAction={() => onDelete(role)}
            >
              {t("roles.delete")}
            </MenuItem>
          )}
        </Menu>
      </div>
      <div className={styles.facts}>
        {role.users > 0 ? (
          <Link to="/settings/employer-users" search={{ filter: [{ field: "role", op: "is", values: [role.id] }] }}>
            {t("roles.users", { count: role.users })}
            <span className="visually-hidden"> {t("roles.having", { name })}</span>
          </Link>
        ) : (
          <span>{t("roles.users", { count: 0 })}</span>
        )}
        {role.is_default && <Chip>{t("roles.default")}</Chip>}
        {role.built_in && !role.is_default && <Chip tone="faint">{t("roles.example")}</Chip>}
      </div>
    </div>
  );
}
