import { afterEach, describe, expect, it } from "vitest";
import { spanOf, timeOfDay } from "./days.ts";
import { dateTime, dateTimeIn, day } from "./words.ts";
import { dayOf, setZone, startOfDay, zoneName } from "./zone.ts";

const at = (text: string) => new Date(text).getTime();
const plain = (text: string) => text.replace(/\s/g, " ");
const HOUR = 3_600_000;

afterEach(() => setZone(null));

describe("times on the institution’s clock", () => {
  it("say which clock it is only where this computer shows another time", () => {
    setZone({ name: "America/New_York", is_elsewhere: false });
    expect(plain(dateTime(at("2026-07-01T18:00:00Z")))).toBe("Jul 1, 2026, 2:00 PM");
    expect(plain(timeOfDay(at("2026-07-01T18:00:00Z")))).toBe("2:00 PM");
    setZone({ name: "America/New_York", is_elsewhere: true });
    expect(plain(dateTime(at("2026-07-01T18:00:00Z")))).toBe("Jul 1, 2026, 2:00 PM ET");
    expect(plain(timeOfDay(at("2026-12-01T19:00:00Z")))).toBe("2:00 PM ET");
  });

  it("name the clock of a meeting elsewhere", () => {
    setZone({ name: "America/New_York", is_elsewhere: false });
    const [starts, ends] = [at("2026-07-01T18:00:00Z"), at("2026-07-01T19:00:00Z")];
    expect(plain(dateTimeIn(starts, ends, "America/New_York"))).toBe("Jul 1, 2026, 2:00 – 3:00 PM");
    expect(plain(dateTimeIn(starts, ends, "America/Chicago"))).toBe("Jul 1, 2026, 1:00 – 2:00 PM CT");
    expect(plain(dateTimeIn(starts, null, "Europe/Paris"))).toBe("Jul 1, 2026, 8:00 PM France Time");
    // What the window doesn’t know is told on the institution’s clock.
    expect(plain(dateTimeIn(starts, null, "Mars/Olympus"))).toBe("Jul 1, 2026, 2:00 PM");
  });

  it("divide days that are shorter or longer, and those of zones with half hours", () => {
    setZone({ name: "America/New_York", is_elsewhere: true });
    const length = (text: string) => (spanOf(text).until - spanOf(text).since) / HOUR;
    expect(["2026-03-07", "2026-03-08", "2026-11-01"].map(length)).toEqual([24, 23, 25]);
    expect(dayOf(at("2026-07-02T02:30:00Z"))).toBe("2026-07-01");
    expect(["05:30", "06:30"].map((time) => dayOf(at(`2026-11-01T${time}:00Z`)))).toEqual(["2026-11-01", "2026-11-01"]);
    setZone({ name: "Asia/Kolkata", is_elsewhere: true });
    expect(startOfDay("2026-06-01")).toBe(at("2026-05-31T18:30:00Z"));
    expect(day("2026-06-01")).toBe("Jun 1, 2026");
  });

  it("have names in words", () => {
    expect(zoneName("America/New_York")).toBe("Eastern Time (New York)");
    expect(zoneName("America/Indiana/Indianapolis")).toBe("Eastern Time (Indianapolis)");
    expect(zoneName("Pacific/Honolulu")).toMatch(/^Hawaii.*Time \(Honolulu\)$/);
    expect(zoneName("Asia/Kolkata")).toBe("India Standard Time (Kolkata)");
    expect(zoneName("UTC")).toBe("Coordinated Universal Time");
    expect(zoneName("Mars/Olympus")).toBe("Mars/Olympus");
  });
});
