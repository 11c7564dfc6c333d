import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Chips as ChipValues } from "~/ipc";
import { initials, tintOf } from "./Avatar.tsx";
import { Chips } from "./Chips.tsx";
import { splitAt } from "./Columns.tsx";

const words = (chips: ChipValues, state: { deleted?: boolean; inactive?: boolean } = {}) => {
  const { unmount } = render(<Chips chips={chips} {...state} />);
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
    ).toEqual(["Rejected", "Students", "Can log in · Recruiter"]);
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

describe("what has no effect", () => {
  const chips: ChipValues = {
    approval: "approved",
    visibility: "students",
    access: { state: "on", role: "Recruiter" },
  };
  const tones = (shown: ChipValues, state: { deleted?: boolean; inactive?: boolean } = {}) => {
    const { unmount } = render(<Chips chips={shown} {...state} />);
    const found = [...document.querySelectorAll("[data-tone]")].map((chip) => [
      chip.textContent,
      chip.getAttribute("data-tone"),
    ]);
    unmount();
    return found;
  };

  it("is muted: visibility of the rejected, and in the trash the approval too, which the red chip leads", () => {
    expect(tones({ ...chips, approval: "rejected" })).toEqual([
      ["Rejected", "bad"],
      ["Students", "faint"],
      ["Can log in · Recruiter", "plain"],
    ]);
    expect(tones(chips, { deleted: true })).toEqual([
      ["In trash", "bad"],
      ["Approved", "faint"],
      ["Students", "faint"],
      ["Can log in · Recruiter", "plain"],
    ]);
    expect(tones(chips)[1]).toEqual(["Students", "plain"]);
  });

  it("is told apart from inactive, which is amber and comes last", () => {
    expect(tones(chips, { inactive: true }).at(-1)).toEqual(["Inactive", "waits"]);
    expect(words(chips, { inactive: true }).every(({ icon }) => icon)).toBe(true);
  });
});

describe("two columns", () => {
  it("are about equally high, in the order of their parts", () => {
    expect(splitAt([])).toBe(0);
    expect(splitAt([5])).toBe(1);
    expect(splitAt([5, 5])).toBe(1);
    expect(splitAt([2, 2, 9])).toBe(2);
    expect(splitAt([9, 2, 2])).toBe(1);
    expect(splitAt([3, 4, 3, 4])).toBe(2);
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
