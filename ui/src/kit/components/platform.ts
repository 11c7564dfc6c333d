/** Whether keys are those of a Mac: Command where other systems have Ctrl. */
export const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** The signs that Macs have on their keycaps and in their menus. */
const MAC_SIGNS: Readonly<Record<string, string>> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** The sign of a key on a Mac's keyboard; nothing where the key is called as elsewhere. */
export function signOf(key: string, mac = isMac): string | undefined {
  return mac ? MAC_SIGNS[key] : undefined;
}

/** A chord within a sentence: "Ctrl+A", on a Mac "⌘A". */
export function chordText(chord: string, mac = isMac): string {
  if (!mac) return chord;
  const parts = chord.split("+");
  return parts.map((part) => signOf(part, mac) ?? part).join("");
}

/** The form that `aria-keyshortcuts` wants: "Ctrl+K" is "Control+K", on a Mac "Meta+K"; a sequence "g c" is "g c". */
export function ariaKeys(keys: string | undefined, mac = isMac): string | undefined {
  return keys?.replace("Ctrl+", mac ? "Meta+" : "Control+");
}

/** Whether the key that commands are given with is down, and not the one that means something else. */
export function isCommand(event: { ctrlKey: boolean; metaKey: boolean }, mac = isMac): boolean {
  return mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
}
