import { describe, expect, it } from "vitest";
import type { FieldSchema, FieldType } from "~/ipc";
import { relativeTime, shortChoiceLabel, valueText } from "./words.ts";
import { setZone } from "./zone.ts";

const field = (key: string, type: FieldType) => ({ key, label: key, field_type: type }) as FieldSchema;

describe("a value as people read it", () => {
  it("has no separators in a year, also in a field that staff define", () => {
    expect(valueText(field("graduation_year", { type: "number" }), 2026)).toBe("2026");
    expect(valueText(field("custom_1", { type: "number" }), 2026)).toBe("2026");
  });

  it("writes a day as people write it", () => {
    expect(valueText(field("due_on", { type: "date" }), "2026-11-28")).toBe("Nov 28, 2026");
  });

  it("has the word of the chip for a choice", () => {
    const choices = ["myself", "career_advisors", "students"];
    const visibility = field("visibility", { type: "choice", choices });
    expect(choices.map((choice) => valueText(visibility, choice))).toEqual(["Myself", "Career advisors", "Students"]);
    expect(choices.map((choice) => shortChoiceLabel("visibility", choice))).toEqual([
      "Myself",
      "Career advisors",
      "Students",
    ]);
  });
});

describe("how long ago something was", () => {
  const at = (text: string) => new Date(text).getTime();

  it("is told up to a week, then the date", () => {
    setZone({ name: "America/New_York", is_elsewhere: false });
    const now = at("2026-09-16T18:21:00Z");
    const told = (text: string) => relativeTime(at(text), now);
    expect(told("2026-09-16T18:20:30Z")).toBe("just now");
    expect(told("2026-09-16T18:00:00Z")).toBe("21 minutes ago");
    expect(told("2026-09-16T04:30:00Z")).toBe("13 hours ago");
    expect(told("2026-09-17T06:00:00Z")).toBe("in 11 hours");
    expect(told("2026-09-09T18:00:00Z")).toBe("7 days ago");
    expect(told("2026-09-08T18:00:00Z")).toBe("Sep 8, 2026");
    expect(told("2027-01-08T18:00:00Z")).toBe("Jan 8, 2027");
    setZone(null);
  });

  it("counts days of the calendar", () => {
    setZone({ name: "America/New_York", is_elsewhere: false });
    // 47 hours before, on the day before yesterday.
    expect(relativeTime(at("2026-09-14T06:00:00Z"), at("2026-09-16T05:00:00Z"))).toBe("2 days ago");
    expect(relativeTime(at("2026-09-15T04:30:00Z"), at("2026-09-17T03:30:00Z"))).toBe("yesterday");
    setZone(null);
  });
});
