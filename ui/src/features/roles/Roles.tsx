import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, Ellipsis, Eye, PencilLine, Plus, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type RoleInfo } from "~/ipc";
import { Button, IconButton } from "~/kit/components/Button.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Menu, MenuItem, MenuSeparator } from "~/kit/components/Menu.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { DeleteRole } from "./DeleteRole.tsx";
import { PORTAL_ROLES, rolesQuery } from "./kind.ts";
import type { RoleRequest } from "./RoleDialog.tsx";
import { useVisibleAreas } from "./RoleForm.tsx";
import styles from "./Roles.module.css";
import { VisibleAreas } from "./VisibleAreas.tsx";

const RoleDialog = lazy(() => import("./RoleDialog.tsx"));

/** "Employer User Roles": who has them, and what somebody with one sees (M30). */
export function Roles() {
  const { t } = useTranslation();
  const may = useMay();
  const { data, error, refetch } = useQuery(rolesQuery);
  const [shown, setShown] = useState<Id | null>(null);
  const [asked, setAsked] = useState<RoleRequest | null>(null);
  const [removing, setRemoving] = useState<RoleInfo | null>(null);
  const canManage = may("manage_roles");
  useHotkeys(
    t("roles.title"),
    canManage ? [{ keys: "n", label: t("roles.new"), run: () => setAsked({ what: "new" }) }] : [],
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const current = data?.find(({ id }) => id === shown) ?? data?.[0];
  return (
    <div className={styles.side}>
      <Scrollable label={t("roles.title")} className={frame.scroll}>
        <section className={styles.column}>
          <header className={rows.header}>
            <p className={text.lead}>{t("roles.lead")}</p>
            {canManage && (
              <Button variant="primary" icon={Plus} hotkey="n" onPress={() => setAsked({ what: "new" })}>
                {t("roles.new")}
              </Button>
            )}
          </header>
          {data === undefined && <Skeleton />}
          <ul className={rows.list} aria-label={t("roles.list")}>
            {data?.map((role) => (
              <RoleRow
                key={role.id}
                role={role}
                isCurrent={role.id === current?.id}
                onShow={() => setShown(role.id)}
                onAsk={setAsked}
                onDelete={canManage && may("manage_access") ? () => setRemoving(role) : undefined}
                canManage={canManage}
              />
            ))}
          </ul>
        </section>
      </Scrollable>
      {current && <RolePane role={current} />}
      <Suspense>
        {asked && <RoleDialog request={asked} onClose={() => setAsked(null)} onCreated={setShown} />}
        {removing && data && (
          <DeleteEmployerUserRole
            role={removing}
            others={data.filter(({ id }) => id !== removing.id)}
            onClose={() => setRemoving(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

type RowProps = {
  role: RoleInfo;
  isCurrent: boolean;
  canManage: boolean;
  onShow: () => void;
  onAsk: (request: RoleRequest) => void;
  onDelete: (() => void) | undefined;
};

function RoleRow({ role, isCurrent, canManage, onShow, onAsk, onDelete }: RowProps) {
  const { t } = useTranslation();
  const { name } = role;
  return (
    <li className={`${rows.row} ${styles.row}`} aria-current={isCurrent}>
      <span className={stack.words}>
        <AriaButton className={`${styles.open} ${rows.name}`} onPress={onShow}>
          {name}
        </AriaButton>
        <span className={rows.note}>
          {role.permissions.map((permission) => choiceLabel("permissions", permission)).join(" · ")}
        </span>
      </span>
      {role.is_default && <Chip>{t("roles.default")}</Chip>}
      {role.built_in && !role.is_default && <Chip tone="faint">{t("roles.example")}</Chip>}
      <span className={rows.count}>
        {role.users > 0 ? (
          <Link to="/settings/employer-users" search={{ filter: [{ field: "role", op: "is", values: [role.id] }] }}>
            {t("roles.users", { count: role.users })}
            <span className="visually-hidden"> {t("roles.having", { name })}</span>
          </Link>
        ) : (
          t("roles.users", { count: 0 })
        )}
      </span>
      <span data-above>
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
              onAction={onDelete}
            >
              {t("roles.delete")}
            </MenuItem>
          )}
        </Menu>
      </span>
    </li>
  );
}

function RolePane({ role }: { role: RoleInfo }) {
  const sights = useVisibleAreas(PORTAL_ROLES, role.permissions);
  return (
    <Scrollable className={styles.pane} label={role.name}>
      <h2 className={styles.paneName}>{role.name}</h2>
      <VisibleAreas sights={sights.data?.sees} words={PORTAL_ROLES.words} />
    </Scrollable>
  );
}

function DeleteEmployerUserRole({
  role,
  others,
  onClose,
}: {
  role: RoleInfo;
  others: RoleInfo[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  return (
    <DeleteRole
      name={role.name}
      sentences={[t("roles.deleteWill", { count: role.users }), t("roles.deleteWont")]}
      label={t("roles.instead")}
      choices={others.map(({ id, name, users }) => ({ id, label: name, note: t("roles.users", { count: users }) }))}
      users={role.users}
      remove={async (instead) => {
        const done = await call(commands.roleDelete(role.id, instead));
        const name = others.find(({ id }) => id === instead)?.name ?? "";
        const handedOn = done.users > 0 ? ` ${t("roles.handedOn", { count: done.users, role: name })}` : "";
        announce(done.operation, t("roles.deleted", { name: role.name }) + handedOn);
      }}
      onClose={onClose}
    />
  );
}
