import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { EmptyState } from "~/kit/components/States.tsx";

/** An address that leads nowhere, for example one remembered from another version. */
export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState
      action={<Button onPress={() => void navigate({ to: "/contacts", search: {} })}>{t("shell.goHome")}</Button>}
    >
      {t("shell.notFound")}
    </EmptyState>
  );
}
