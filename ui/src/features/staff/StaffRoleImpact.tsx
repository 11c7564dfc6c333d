import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type Id, type Permission } from "~/ipc";
import { listed } from "~/kit/i18n/words.ts";
import { ImpactLines } from "../roles/RoleImpact.tsx";

/** Names said before the rest is counted. */
const NAMED = 5;

/** Which staff members other permissions of a role would touch, and what they gain or lose. */
export function StaffRoleImpact({ role, permissions }: { role: Id; permissions: readonly Permission[] }) {
  const { t } = useTranslation();
  const asked = [...permissions].sort();
  const impact = useQuery({
    queryKey: ["institution", "staff_role_impact", role, asked],
    queryFn: () => call(commands.staffRoleImpact(role, asked)),
    placeholderData: keepPreviousData,
  });
  if (!impact.data) return null;
  const { members, gained, lost } = impact.data;
  const count = members.length;
  return (
    <ImpactLines
      gained={gained}
      lost={lost}
      nobody={count === 0 ? t("staff.roles.impact.nobody") : null}
      willBeAble={t("staff.roles.impact.gained", { count })}
      willNoLonger={t("staff.roles.impact.lost", { count })}
    >
      {count > 0 && count <= NAMED && <p>{t("staff.roles.impact.who", { names: listed(members) })}</p>}
    </ImpactLines>
  );
}
