import { Outlet, useMatches, useNavigate } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Permission } from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { EmptyState } from "~/kit/components/States.tsx";
import { useMay } from "~/session/session.ts";

/** Whether a page that asks for one of these permissions may be opened. */
export function isPermitted(may: (permission: Permission) => boolean, asked: readonly Permission[] | undefined) {
  return asked === undefined || asked.some(may);
}

/** The page at the address, or, for who may not open it, that they may not. */
export function PermittedPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const may = useMay();
  const page = useMatches().at(-1)?.staticData;
  if (isPermitted(may, page?.permissions)) return <Outlet />;
  return (
    <EmptyState
      icon={Lock}
      action={<Button onPress={() => void navigate({ to: "/" })}>{t("shell.notPermitted.home")}</Button>}
    >
      {t("shell.notPermitted.says", { page: page?.title?.() ?? "" })}
    </EmptyState>
  );
}
