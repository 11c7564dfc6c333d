import type { TFunction } from "i18next";
import type { Hotkey } from "../components/hotkeys.tsx";

/** The grid's own keys, for the help sheet: `useHotkeys(t("grid.keys.group"), gridKeys(t))`. */
export function gridKeys(t: TFunction, { peek = false, select = true, letters = true } = {}): Hotkey[] {
  const keys: Hotkey[] = [
    { keys: "ArrowDown", label: t("grid.keys.move") },
    { keys: "ArrowUp", label: t("grid.keys.move") },
    { keys: "PageDown", label: t("grid.keys.page") },
    { keys: "PageUp", label: t("grid.keys.page") },
    { keys: "Ctrl+Home", label: t("grid.keys.ends") },
    { keys: "Ctrl+End", label: t("grid.keys.ends") },
    { keys: "ArrowRight", label: t("grid.keys.cells") },
    { keys: "ArrowLeft", label: t("grid.keys.cells") },
    { keys: "Enter", label: t("grid.keys.open") },
  ];
  if (letters) keys.unshift({ keys: "j", label: t("grid.keys.move") }, { keys: "k", label: t("grid.keys.move") });
  if (peek) keys.push({ keys: "Space", label: t("grid.keys.peek") });
  if (select) {
    keys.push({ keys: "Shift+ArrowDown", label: t("grid.keys.extend") }, { keys: "Ctrl+A", label: t("grid.keys.all") });
  }
  if (select && letters) keys.push({ keys: "x", label: t("grid.keys.select") });
  keys.push(
    { keys: "Escape", label: t("grid.keys.escape") },
    { keys: "Shift+ArrowRight", label: t("grid.keys.resize") },
    { keys: "Ctrl+Shift+ArrowRight", label: t("grid.keys.reorder") },
    { keys: "Alt+ArrowDown", label: t("grid.keys.menu") },
  );
  return keys;
}
