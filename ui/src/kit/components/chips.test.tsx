import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Chips as ChipValues } from "~/ipc";
import { initials, tintOf } from "./Avatar.tsx";
import { Chips } from "./Chips.tsx";

const words = (chips: ChipValues) => {
  const { unmount } = render(<Chips chips={chips} />);
  const items = within(screen.getByRole("list")).getAllByRole("listitem");
  const found = items.map((item) => ({ word: item.textContent, icon: item.querySelector("svg") !== null }));
  unmount();
  return found;
};

describe("the three facts", () => {
  it("are three separate chips, always in the order directory, visibility, access", () => {
    expect(
      words({ approval: "pending", visibility: "career_advisors", access: { state: "on", role: "Default Access" } }),
    ).toEqual([
      { word: "Pending", icon: true },
      { word: "Career advisors", icon: true },
      { word: "Can log in · Default Access", icon: true },
    ]);
  });

  it("never follow from each other: rejected can still log in, approved can be without account", () => {
    expect(
      words({ approval: "rejected", visibility: "students", access: { state: "on", role: "Recruiter" } }).map(
        ({ word }) => word,
      ),
    ).toEqual(["Rejected", "Students too", "Can log in · Recruiter"]);
    expect(
      words({ approval: "approved", visibility: "myself", access: { state: "none" } }).map(({ word }) => word),
    ).toEqual(["Approved", "Myself", "No account"]);
    expect(
      words({ approval: "approved", visibility: "myself", access: { state: "off", role: "Recruiter" } })[2]?.word,
    ).toBe("Access off");
  });

  it("say everything in words and an icon, not by colour alone", () => {
    for (const { word, icon } of words({
      approval: "rejected",
      visibility: "students",
      access: { state: "off", role: "x" },
    })) {
      expect(word).not.toBe("");
      expect(icon).toBe(true);
    }
  });
});

describe("initials", () => {
  it("are of the first and the last word, whatever the script", () => {
    expect(initials("Ana Maria Ruiz")).toBe("AR");
    expect(initials("Łukasz")).toBe("Ł");
    expect(initials("李 小龙")).toBe("李小");
    expect(initials("  (x) o'Brien ")).toBe("XO");
    expect(initials("")).toBe("");
  });

  it("have the same tint for the same name", () => {
    expect(tintOf("José")).toBe(tintOf("Jose\u0301"));
    expect(new Set(["Ana", "Ben", "Carla", "Dana", "Elif", "Femi", "Grace"].map(tintOf)).size).toBeGreaterThan(3);
  });
});
