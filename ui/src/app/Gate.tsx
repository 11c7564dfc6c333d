import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { AppPhase } from "~/ipc";
import { EmptyState, ErrorState, useDelayed } from "~/kit/components/States.tsx";
import { appStateQuery, schemaQuery } from "~/session/session.ts";
import { phaseScreens } from "./phases.ts";

const CantOpen = lazy(() => import("~/features/start/CantOpen.tsx").then(({ CantOpen: part }) => ({ default: part })));

/** Lets the screens in once the desk is open. What comes before (set-up, unlocking) is in `phases.ts`. */
export function Gate({ children }: { children: ReactNode }) {
  const state = useQuery(appStateQuery);
  const ready = state.data?.phase === "ready";
  const schema = useQuery({ ...schemaQuery, enabled: ready });
  if (state.error) {
    return (
      <Suspense>
        <CantOpen error={state.error} onRetry={() => void state.refetch()} />
      </Suspense>
    );
  }
  if (!state.data) return <Opening />;
  if (!ready) return <Before phase={state.data.phase} />;
  if (schema.error) return <ErrorState error={schema.error} onRetry={() => void schema.refetch()} />;
  return schema.data ? <Suspense>{children}</Suspense> : <Opening />;
}

function Before({ phase }: { phase: Exclude<AppPhase, "ready"> | AppPhase }) {
  const { t } = useTranslation();
  const Screen = phaseScreens[phase];
  return Screen ? (
    <Suspense>
      <Screen />
    </Suspense>
  ) : (
    <EmptyState>{t(`shell.phase.${phase}`)}</EmptyState>
  );
}

/** Opening takes a moment with a large desk; before a moment has passed, nothing flickers. */
function Opening() {
  const { t } = useTranslation();
  return useDelayed(400) ? <EmptyState>{t("shell.opening")}</EmptyState> : null;
}
