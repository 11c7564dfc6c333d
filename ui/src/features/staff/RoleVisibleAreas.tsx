import type { StaffRoleRow } from "~/ipc";
import mark from "~/kit/layout/Mark.module.css";
import { useVisibleAreas } from "../roles/RoleForm.tsx";
import { VisibleAreas } from "../roles/VisibleAreas.tsx";
import { STAFF_ROLES } from "./kind.ts";
import styles from "./Staff.module.css";

/** What somebody with a staff role sees, in two columns. */
export function RoleVisibleAreas({ role }: { role: StaffRoleRow }) {
  const sights = useVisibleAreas(STAFF_ROLES, role.permissions);
  return (
    <div className={`${mark.sunken} ${styles.sights}`}>
      <VisibleAreas sights={sights.data?.sees} words={STAFF_ROLES.words} />
    </div>
  );
}
