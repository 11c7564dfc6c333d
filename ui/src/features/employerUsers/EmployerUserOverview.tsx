import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { EmployerUserDetail, PortalPermission } from "~/ipc";
import stack from "~/kit/layout/Stack.module.css";
import type { TabProps } from "~/records/page/RecordPage.tsx";
import { PORTAL_ROLES, rolesQuery } from "../roles/kind.ts";
import { useVisibleAreas } from "../roles/RoleForm.tsx";
import { VisibleAreas } from "../roles/VisibleAreas.tsx";
import { AccessPart, AccountFacts, InvitationPart, PrivateNote } from "./AccountParts.tsx";
import styles from "./EmployerUser.module.css";

const NOTHING: PortalPermission[] = [];

/** The account: its access, what is known of it, and what its role opens. */
export function EmployerUserOverview({ record: user }: TabProps<EmployerUserDetail>) {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery);
  const role = roles.data?.find(({ id }) => id === user.role?.id);
  const sights = useVisibleAreas(PORTAL_ROLES, role?.permissions ?? NOTHING);
  return (
    <>
      {user.private && <PrivateNote />}
      <div className={styles.columns}>
        <div className={stack.by24}>
          <AccessPart user={user} />
          <InvitationPart user={user} />
          <AccountFacts user={user} />
        </div>
        <section>
          <h2 className={styles.heading}>{t("employerUsers.role.title")}</h2>
          <p>{role?.name ?? (roles.data && t("employerUsers.role.none"))}</p>
          <div className={styles.under}>
            <VisibleAreas sights={sights.data?.sees} words={PORTAL_ROLES.words} />
          </div>
        </section>
      </div>
    </>
  );
}
