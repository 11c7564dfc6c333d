import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openDesk } from "~/testing/desk.tsx";
import { securityQuery, useAutoLock } from "./lock.ts";

async function atTheDesk() {
  const desk = await openDesk();
  vi.useFakeTimers();
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(securityQuery.queryKey, { auto_lock_minutes: 15, can_lock: true, set_by_organization: false });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { unmount } = renderHook(() => useAutoLock(), { wrapper });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { desk, client, pass, unmount };
}

describe("the desk left alone", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("tells that somebody is there, and not with every move", async () => {
    const { desk, pass } = await atTheDesk();
    for (let n = 0; n < 20; n++) {
      window.dispatchEvent(new Event("pointermove"));
      await pass(500);
    }
    expect(desk.count("presence")).toBe(2);
  });

  it("says nothing while nobody is there, or once the page is gone", async () => {
    const { desk, pass, unmount } = await atTheDesk();
    await pass(3_600_000);
    expect(desk.count("presence")).toBe(0);
    unmount();
    window.dispatchEvent(new Event("keydown"));
    await pass(10_000);
    expect(desk.count("presence")).toBe(0);
  });

  it("forgets what was read when it is told that the desk is locked", async () => {
    const { desk, client, pass } = await atTheDesk();
    client.setQueryData(["contacts", "list"], ["Nancy Elliott"]);
    await pass(0);
    await act(() => desk.tell("locked", null));
    await pass(100);
    expect(client.getQueryData(["contacts", "list"])).toBeUndefined();
  });
});
