import { createContext, type ReactNode, useContext, useEffect, useRef, useSyncExternalStore } from "react";
import { isCommand, isMac } from "./platform.ts";

/**
 * One key or chord and what it does. `keys` is written "a", "Shift+A", "Ctrl+K", "?", or as a sequence "g c".
 * Ctrl stands for the Command key on a Mac. Without `run` the entry only explains a key that something else handles,
 * so that the help sheet is complete.
 */
export type Hotkey = {
  keys: string;
  label: string;
  run?: () => void;
  enabled?: boolean;
  /** It leads to a field to write in. What is typed until that has the focus goes into it, never to the page’s keys. */
  opensField?: boolean | undefined;
};
export type HotkeyEntry = Hotkey & { group: string; layer: number };

const SEQUENCE_MS = 900;
/** How long a field that a key opened may take to appear. */
const FIELD_MS = 3000;
const TEXT_INPUTS =
  'input:not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"], [role="spinbutton"]';

const entries = new Map<number, HotkeyEntry[]>();
const listeners = new Set<() => void>();
let snapshot: HotkeyEntry[] = [];
let nextId = 1;

function publish() {
  snapshot = [...entries.values()].flat();
  for (const listener of listeners) listener();
}

/** A dialog is a layer of its own: keys of the page and of the dialogs below are off while it is open. */
const LayerContext = createContext(0);
const open: number[] = [];

export function HotkeyLayer({ children }: { children: ReactNode }) {
  const layer = useContext(LayerContext) + 1;
  useEffect(() => {
    open.push(layer);
    return () => void open.splice(open.indexOf(layer), 1);
  }, [layer]);
  return <LayerContext value={layer}>{children}</LayerContext>;
}

/** Makes keys work while the component is mounted, and lists them on the help sheet under `group`. */
export function useHotkeys(group: string, hotkeys: Hotkey[]) {
  const layer = useContext(LayerContext);
  const id = useRef(0);
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  // Functions change with every render; the sheet must only be told when what it shows changes.
  const shown = JSON.stringify(
    hotkeys.map(({ keys, label, enabled, opensField }) => [keys, label, enabled, opensField]),
  );
  useEffect(() => {
    if (id.current === 0) id.current = nextId++;
    const mine = id.current;
    const list = (JSON.parse(shown) as [string, string, boolean | null, boolean | null][]).map<HotkeyEntry>(
      ([keys, label, enabled, opensField], n) => ({
        keys,
        label,
        enabled: enabled ?? true,
        opensField: opensField ?? false,
        group,
        layer,
        run: latest.current[n]?.run ? () => latest.current[n]?.run?.() : undefined,
      }),
    );
    entries.set(mine, list);
    publish();
    return () => {
      entries.delete(mine);
      publish();
    };
  }, [group, layer, shown]);
}

/** All keys that work now, in the order they were registered. */
export function useActiveHotkeys(): HotkeyEntry[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

/** Whether a key event is this chord ("Shift+A", "Ctrl+K", "?"). */
export function matchesChord(event: KeyboardEvent, chord: string, mac = isMac): boolean {
  const parts = chord.split("+");
  const key = chord.endsWith("+") ? "+" : (parts.at(-1) ?? "");
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const wanted = wants("Ctrl") ? isCommand(event, mac) : !event.ctrlKey && !event.metaKey;
  if (!wanted || wants("Alt") !== event.altKey) return false;
  const pressed = event.key === " " ? "Space" : event.key;
  // Characters such as "?" need Shift on some keyboards and not on others.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && wants("Shift") !== event.shiftKey) return false;
  return pressed.toLowerCase() === key.toLowerCase();
}

let sequence: { first: string; at: number } | null = null;

/** Whether the first key of a sequence was just pressed, so that the next one belongs to it: "g" of "g x". */
export function isSequencePending(event: { timeStamp: number }): boolean {
  return sequence !== null && event.timeStamp - sequence.at < SEQUENCE_MS;
}

/** What was typed since a key asked for a field that isn't there yet. */
let ahead: { text: string; until: number } | null = null;

function onFocusIn(event: FocusEvent) {
  if (!ahead || !(event.target instanceof Element && event.target.matches(TEXT_INPUTS))) return;
  const { text } = ahead;
  ahead = null;
  // Like typing: the field keeps its own undo, and React hears of it.
  if (text) queueMicrotask(() => document.execCommand("insertText", false, text));
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || event.repeat === undefined) return;
  const target = event.target instanceof Element ? event.target : null;
  const typing = target?.matches(TEXT_INPUTS) ?? false;
  const chordHasModifier = event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
  if (typing && !chordHasModifier) return;
  if (ahead && (event.key === "Escape" || performance.now() > ahead.until)) ahead = null;
  if (ahead && !chordHasModifier && event.key.length === 1) {
    event.preventDefault();
    ahead.text += event.key;
    return;
  }
  const layered = target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') != null;
  const top = Math.max(...open);
  const usable = snapshot.filter((entry) => entry.run && entry.enabled && (layered ? entry.layer === top : true));
  const now = event.timeStamp || performance.now();
  const pending = sequence && now - sequence.at < SEQUENCE_MS ? sequence.first : null;
  sequence = null;
  // The latest registration wins: what is on top of the page was mounted last.
  for (const entry of usable.toReversed()) {
    const steps = entry.keys === " " ? [entry.keys] : entry.keys.split(" ");
    const last = steps.at(-1) ?? "";
    if (
      steps.length === 2 ? pending === steps[0] && matchesChord(event, last) : !pending && matchesChord(event, last)
    ) {
      event.preventDefault();
      ahead = entry.opensField ? { text: "", until: performance.now() + FIELD_MS } : null;
      entry.run?.();
      return;
    }
  }
  if (!chordHasModifier && usable.some((entry) => entry.keys.startsWith(`${event.key} `)))
    sequence = { first: event.key, at: now };
}

/** Starts listening; returns the function that stops. Called once by the shell. */
export function startHotkeys(): () => void {
  window.addEventListener("keydown", onKeyDown);
  window.addEventListener("focusin", onFocusIn);
  return () => {
    window.removeEventListener("keydown", onKeyDown);
    window.removeEventListener("focusin", onFocusIn);
  };
}
