import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type Permission, type PortalPermission } from "~/ipc";
import { choiceLabel } from "~/kit/i18n/words.ts";
import styles from "./Roles.module.css";

/** How many people other permissions of a role would touch, and what they gain or lose. */
export function RoleImpact({ role, permissions }: { role: Id; permissions: readonly PortalPermission[] }) {
  const { t } = useTranslation();
  const asked = [...permissions].sort();
  const impact = useQuery({
    queryKey: ["roles", "impact", role, asked],
    queryFn: () => call(commands.roleImpact(role, asked)),
    meta: { tags: ["employer_users"] },
    placeholderData: keepPreviousData,
  });
  if (!impact.data) return null;
  const { users, without_access: off, gained, lost } = impact.data;
  return (
    <ImpactLines
      gained={gained}
      lost={lost}
      nobody={users === 0 ? t("roles.impact.nobody") : null}
      willBeAble={t("roles.impact.gained", { count: users })}
      willNoLonger={t("roles.impact.lost", { count: users })}
    >
      {off > 0 && <p>{t("roles.impact.off", { count: off })}</p>}
    </ImpactLines>
  );
}

type Lines = {
  gained: readonly PermissionKey[];
  lost: readonly PermissionKey[];
  /** Said in place of both where the role is nobody's. */
  nobody: string | null;
  willBeAble: string;
  willNoLonger: string;
  children?: ReactNode;
};
type PermissionKey = PortalPermission | Permission;

/** What people with a role gain and lose by other permissions; nothing where they stay as they are. */
export function ImpactLines({ gained, lost, nobody, willBeAble, willNoLonger, children }: Lines) {
  if (gained.length === 0 && lost.length === 0) return null;
  return (
    <div className={styles.impact} role="status">
      {nobody !== null && <p>{nobody}</p>}
      {nobody === null && gained.length > 0 && <Can words={willBeAble} permissions={gained} />}
      {nobody === null && lost.length > 0 && <Can words={willNoLonger} permissions={lost} />}
      {children}
    </div>
  );
}

function Can({ words, permissions }: { words: string; permissions: readonly PermissionKey[] }) {
  return (
    <>
      <p>{words}</p>
      <ul>
        {permissions.map((permission) => (
          <li key={permission}>{choiceLabel("permissions", permission)}</li>
        ))}
      </ul>
    </>
  );
}
