import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useCountdown } from "./queries.ts";
import { waitText } from "./words.ts";

const HOUR = 60 * 60 * 1_000;

describe("the wait for the next reminder", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is told in hours, then in minutes, then in seconds", () => {
    expect(waitText(24 * HOUR - 1)).toBe("24 h 00 min");
    expect(waitText(23 * HOUR + 5 * 60_000)).toBe("23 h 05 min");
    expect(waitText(61_000)).toBe("1 min 01 s");
    expect(waitText(1)).toBe("1 s");
  });

  it("runs down second by second, and at its end asks Rust again, once", () => {
    const client = new QueryClient();
    const asked = vi.spyOn(client, "invalidateQueries");
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    const since = Date.now();
    const { result } = renderHook(() => useCountdown(3_000, since), { wrapper });
    expect(result.current).toBe(3_000);
    act(() => vi.advanceTimersByTime(2_000));
    expect(result.current).toBe(1_000);
    expect(asked).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(5_000));
    expect(result.current).toBe(0);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it("is none where nobody waits", () => {
    const client = new QueryClient();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    );
    expect(renderHook(() => useCountdown(null, Date.now()), { wrapper }).result.current).toBeNull();
  });
});
