import { describe, expect, it } from "vitest";
import { matchesChord } from "./hotkeys.tsx";
import { ariaKeys, chordText, isCommand, signOf } from "./platform.ts";

const event = (key: string, more: Partial<KeyboardEventInit> = {}) => new KeyboardEvent("keydown", { key, ...more });

describe("keys on a Mac", () => {
  it("are given with Command, and Control stays the system's", () => {
    const command = event("k", { metaKey: true });
    const control = event("k", { ctrlKey: true });
    expect([matchesChord(command, "Ctrl+K", true), matchesChord(control, "Ctrl+K", true)]).toEqual([true, false]);
    expect([matchesChord(command, "Ctrl+K", false), matchesChord(control, "Ctrl+K", false)]).toEqual([false, true]);
    // Control with a letter moves the caret there; it is not the letter.
    expect(matchesChord(event("a", { ctrlKey: true }), "a", true)).toBe(false);
    expect(matchesChord(event("a", { metaKey: true }), "a", false)).toBe(false);
    expect(isCommand({ ctrlKey: true, metaKey: true }, true)).toBe(false);
  });

  it("are called by the signs on them", () => {
    expect(chordText("Ctrl+Shift+L", true)).toBe("⌘⇧L");
    expect(chordText("Ctrl+Shift+L", false)).toBe("Ctrl+Shift+L");
    expect([signOf("Ctrl", true), signOf("Ctrl", false), signOf("Enter", true)]).toEqual(["⌘", undefined, undefined]);
  });

  it("are told to assistive technology by their own name", () => {
    expect(ariaKeys("Ctrl+K", true)).toBe("Meta+K");
    expect(ariaKeys("Ctrl+K", false)).toBe("Control+K");
    expect(ariaKeys("g c", true)).toBe("g c");
    expect(ariaKeys(undefined, true)).toBeUndefined();
  });
});
