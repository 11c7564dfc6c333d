import { useTranslation } from "react-i18next";
import { Scrollable } from "~/kit/components/Scrollable.tsx";
import frame from "~/kit/layout/Frame.module.css";
import { PORTAL_ROLES } from "../roles/kind.ts";
import { useVisibleAreas } from "../roles/RoleForm.tsx";
import { VisibleAreas } from "../roles/VisibleAreas.tsx";
import styles from "./Viewing.module.css";
import { usePortalAs, useRole, useViewAs } from "./viewer.ts";

/** What else one employer user, or anybody with one role, finds in the portal. */
export function PortalAs() {
  const { t } = useTranslation();
  const { search, view } = useViewAs();
  const portal = usePortalAs(view);
  const role = useRole(search.who === "role" ? search.role : undefined);
  // A role says what it permits before an employer is chosen.
  const ofRole = useVisibleAreas(PORTAL_ROLES, role?.permissions ?? []);
  const sights = view ? portal?.sees : role && ofRole.data?.sees;
  if (search.who !== "user" && search.who !== "role") return null;
  if (!view && !role) return null;
  return (
    <aside className={`${frame.side} ${styles.portal}`} aria-label={t("viewing.portal")}>
      <Scrollable className={frame.sideBody} label={t("viewing.portal")}>
        {portal?.access === false ? (
          <p>{t("viewing.noAccess")}</p>
        ) : (
          <>
            {portal?.role && <p className={styles.role}>{t("viewing.hasRole", { role: portal.role })}</p>}
            <VisibleAreas sights={sights} words={PORTAL_ROLES.words} heading="h2" />
          </>
        )}
      </Scrollable>
    </aside>
  );
}
