import { useTranslation } from "react-i18next";
import type { Id } from "~/ipc";
import { ErrorState, Skeleton } from "~/kit/components/States.tsx";
import stack from "~/kit/layout/Stack.module.css";
import { AccessPart, AccountFacts, PrivateNote } from "./AccountParts.tsx";
import { EmployerUserHeader } from "./EmployerUserHeader.tsx";
import { useEmployerUser } from "./queries.ts";

/** An employer user beside the list. */
export function EmployerUserCard({ id }: { id: Id }) {
  const { t } = useTranslation();
  const { data: user, error, refetch } = useEmployerUser(id);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!user) return <Skeleton lines={6} />;
  return (
    <article className={stack.by16} aria-label={t("employerUsers.card", { name: user.name })}>
      <EmployerUserHeader user={user} level="card" />
      {user.private && <PrivateNote />}
      <AccessPart user={user} heading="h3" />
      <AccountFacts user={user} heading="h3" />
    </article>
  );
}
