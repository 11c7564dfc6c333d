import { beforeEach, describe, expect, it } from "vitest";
import { ZOOM_STEPS, zoom, zoomStep } from "./zoom.ts";

describe("zoom", () => {
  beforeEach(() => localStorage.clear());

  it("goes up and down by the steps, and stays at their ends", () => {
    expect(zoomStep(100, 1)).toBe(110);
    expect(zoomStep(100, -1)).toBe(90);
    expect(zoomStep(200, 0)).toBe(100);
    expect(zoomStep(300, 1)).toBe(300);
    expect(zoomStep(50, -1)).toBe(50);
    expect(ZOOM_STEPS).toContain(200);
  });

  it("takes what is stored only where it is a step", () => {
    expect(zoom()).toBe(100);
    localStorage.setItem("liaison.zoom", "150");
    expect(zoom()).toBe(150);
    localStorage.setItem("liaison.zoom", "9000");
    expect(zoom()).toBe(100);
  });
});
