import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type RoleInfo } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import { useWide } from "~/kit/components/useWide.ts";
import frame from "~/kit/layout/Frame.module.css";
import rows from "~/kit/layout/Rows.module.css";
import text from "~/kit/layout/Text.module.css";
import { useMay } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { DeleteRole } from "./DeleteRole.tsx";
import { PORTAL_ROLES, rolesQuery } from "./kind.ts";
import type { RoleRequest } from "./RoleDialog.tsx";
import { useVisibleAreas } from "./RoleForm.tsx";
import styles from "./Roles.module.css";
import { RoleTable } from "./RoleTable.tsx";
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
  // Beside the table where there is room, else below it.
  const isWide = useWide(1100);
  useHotkeys(
    t("roles.title"),
    canManage ? [{ keys: "n", label: t("roles.new"), run: () => setAsked({ what: "new" }) }] : [],
  );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const usual = data?.find(({ is_default: isDefault }) => isDefault);
  const current = data?.find(({ id }) => id === shown) ?? data?.[0];
  return (
    <div className={styles.side}>
      <Scrollable label={t("roles.title")} className={frame.scroll}>
        <section className={styles.column}>
          <header className={rows.header}>
            <p className={text.lead}>
              {t("roles.lead")} {usual && data && data.length > 1 && t("roles.boldDiffers", { name: usual.name })}
            </p>
            {canManage && (
              <Button variant="primary" icon={Plus} hotkey="n" onPress={() => setAsked({ what: "new" })}>
                {t("roles.new")}
              </Button>
            )}
          </header>
          {data === undefined && <Skeleton />}
        </section>
        {data && (
          <RoleTable
            roles={data}
            current={current?.id ?? null}
            canManage={canManage}
            onShow={setShown}
            onAsk={setAsked}
            onDelete={canManage && may("manage_access") ? setRemoving : undefined}
          />
        )}
        {current && !isWide && <RolePane role={current} />}
      </Scrollable>
      {current && isWide && <RolePane role={current} />}
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
