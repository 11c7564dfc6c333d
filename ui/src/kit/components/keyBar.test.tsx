import { render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { KeyBar } from "./KeyBar.tsx";

/** How wide what stands in the bar is at each fold, in pixels. */
const WIDE = [1000, 900, 780, 740, 600];

function barOf(room: number) {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(room);
  vi.spyOn(Element.prototype, "scrollWidth", "get").mockImplementation(function (this: Element) {
    return WIDE[Number(this.getAttribute("data-fold"))] ?? 0;
  });
  const { unmount } = render(<KeyBar label="Review">Approve</KeyBar>);
  const { fold } = screen.getByRole("toolbar", { name: "Review" }).dataset;
  unmount();
  return fold;
}

describe("the bar of keys", () => {
  afterEach(() => vi.restoreAllMocks());

  it("folds as far as it must to need one line, and no further", () => {
    expect([1200, 1000, 950, 800, 750, 700, 500].map(barOf)).toEqual(["0", "0", "1", "2", "3", "4", "4"]);
  });
});
