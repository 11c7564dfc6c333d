import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { I18nProvider } from "react-aria-components";
import { Gate } from "~/app/Gate.tsx";
import { routeTree } from "~/app/routes.ts";
import { followChanges } from "~/ipc";
import type { FakeOptions } from "~/ipc/fake/desk.ts";
import { startFake } from "~/ipc/fake/index.ts";

/** The whole app on a desk in memory, at an address. */
export async function renderApp(path: string, options: Partial<FakeOptions> = {}) {
  localStorage.clear();
  const desk = startFake(options);
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } },
  });
  await followChanges(client);
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  const view = render(
    <I18nProvider locale="en-US">
      <QueryClientProvider client={client}>
        <Gate>
          <RouterProvider router={router as never} />
        </Gate>
      </QueryClientProvider>
    </I18nProvider>,
  );
  return { desk, router, ...view };
}
