import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, commands, type EmployerUserDetail, type Id } from "~/ipc";

/** An employer user; whoever's profile is private is called so. */
export function useEmployerUser(id: Id) {
  const { t } = useTranslation();
  return useQuery({
    queryKey: ["employer_users", "detail", id],
    queryFn: () => call(commands.userGet(id)),
    select: (user: EmployerUserDetail) => (user.private ? { ...user, name: t("employerUsers.private.name") } : user),
    meta: { tags: ["contacts", "roles", "employers", "history"] },
  });
}
