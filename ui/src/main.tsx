import "./kit/theme/tokens.css";
import "./kit/theme/base.css";
import "./kit/theme/print.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { followChanges } from "~/ipc";
import { Gate } from "./app/Gate.tsx";
import { openLinksOutside } from "./app/links.ts";
import { startRouter } from "./app/router.ts";
import { i18next, startCatalogue } from "./kit/i18n/index.ts";
import { startTheme } from "./kit/theme/theme.ts";
import { appStateQuery, schemaQuery } from "./session/session.ts";
import { startZoom } from "./session/zoom.ts";

startTheme();
startCatalogue("en");
startZoom();
openLinksOutside();

// Not at the top level: what is read later stands on this file, and would wait for it while it waits.
function start() {
  const root = document.getElementById("root") as HTMLElement;
  // In a plain browser there is no shell to talk to.
  if (!("__TAURI_INTERNALS__" in window)) {
    root.textContent = i18next.t("shell.noWindow");
    return;
  }

  const client = new QueryClient({
    defaultOptions: {
      // The database is on this computer and tells of every change: what was read stays true until then.
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  void followChanges(client);
  // Asked before anything is drawn: what the first screen stands on comes while React gets ready.
  void client.fetchQuery(appStateQuery).then(
    ({ phase }) => (phase === "ready" ? client.prefetchQuery(schemaQuery) : undefined),
    // The gate shows why.
    () => {},
  );
  const router = startRouter();

  createRoot(root).render(
    <StrictMode>
      <I18nProvider locale="en-US">
        <QueryClientProvider client={client}>
          <Gate>
            <RouterProvider router={router} />
          </Gate>
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
}

start();
