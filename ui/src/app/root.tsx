import { ErrorState } from "~/kit/components/States.tsx";
import { rootRoute } from "~/kit/pages/root.ts";
import { NotFound } from "./NotFound.tsx";
import { Shell } from "./Shell.tsx";

/** The root of all addresses, with the window drawn around what they show. */
export const root = rootRoute.update({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
});
