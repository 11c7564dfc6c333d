import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startFake } from "~/ipc/fake/index.ts";
import { securityQuery, useAutoLock } from "./lock.ts";

const MINUTE = 60_000;

function atTheDesk(minutes: number) {
  const desk = startFake({ contacts: 1, pending: 0 });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(securityQuery.queryKey, { auto_lock_minutes: minutes, can_lock: true });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { unmount } = renderHook(() => useAutoLock(), { wrapper });
  const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  return { desk, pass, unmount };
}

describe("the desk left alone", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("locks after the chosen time, and not before", async () => {
    const { desk, pass } = atTheDesk(15);
    await pass(14 * MINUTE);
    expect(desk.options.phase).toBe("ready");
    await pass(MINUTE + 6_000);
    expect(desk.options.phase).toBe("locked");
  });

  it("stays open while somebody touches it", async () => {
    const { desk, pass } = atTheDesk(15);
    for (let n = 0; n < 6; n++) {
      await pass(10 * MINUTE);
      window.dispatchEvent(new Event("pointermove"));
    }
    expect(desk.options.phase).toBe("ready");
  });

  it("is locked when the computer wakes after a long sleep", async () => {
    const { desk, pass } = atTheDesk(15);
    vi.setSystemTime(Date.now() + 9 * 60 * MINUTE);
    await pass(6_000);
    expect(desk.options.phase).toBe("locked");
  });

  it("never locks where nobody wants it to", async () => {
    const { desk, pass } = atTheDesk(0);
    await pass(600 * MINUTE);
    expect(desk.options.phase).toBe("ready");
  });

  it("is no longer watched once the page is gone", async () => {
    const { desk, pass, unmount } = atTheDesk(1);
    unmount();
    await pass(10 * MINUTE);
    expect(desk.options.phase).toBe("ready");
  });
});
