import type { StaffRoleRow } from "~/ipc";
import mark from "~/kit/layout/Mark.module.css";
import { useSights } from "../roles/RoleForm.tsx";
import { SightList } from "../roles/SightList.tsx";
import { STAFF_ROLES } from "./kind.ts";
import styles from "./Staff.module.css";

/** What somebody with a staff role sees, in two columns. */
export function RoleSights({ role }: { role: StaffRoleRow }) {
  const sights = useSights(STAFF_ROLES, role.permissions);
  return (
    <div className={`${mark.sunken} ${styles.sights}`}>
      <SightList sights={sights.data?.sees} words={STAFF_ROLES.words} />
    </div>
  );
}
