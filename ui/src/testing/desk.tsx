import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { I18nProvider } from "react-aria-components";
import { inject, onTestFinished } from "vitest";
import { Gate } from "~/app/Gate.tsx";
import { routeTree } from "~/app/routes.ts";
import { call, commands, followChanges, type KindSchema } from "~/ipc";
import { Desk, type DeskOptions } from "~/ipc/testing/desk.ts";

/** A desk for the test that runs, and for no other. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const desk = new Desk(options);
  onTestFinished(() => desk.end());
  if (options.phase !== "setup") await desk.begin(options);
  return desk;
}

/** What opens the desks of the tests where their passcode is lost. */
export const recoveryKey = () => inject("template").recoveryKey;

/** The fields of every kind, as the app has them before there is a desk. */
export async function readSchema(): Promise<KindSchema[]> {
  const desk = new Desk({ phase: "setup" });
  try {
    return await call(commands.schema());
  } finally {
    desk.end();
  }
}

/** The whole app at an address, on a desk of its own. */
export async function renderDesk(path: string, options: DeskOptions = {}) {
  return renderOn(await openDesk(options), path);
}

/** The whole app at an address, on a desk that has what the test needs. */
export async function renderOn(desk: Desk, path: string) {
  localStorage.clear();
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
