import { useRouter } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";
import { isFocusFree, placeFocus } from "~/kit/pages/focus.ts";

/** Long enough for whoever took the focus away to put it back, as dialogs do. */
const REST_MS = 60;

/** Dialogs and the panels of buttons; messages are alert dialogs that leave the page as it is. */
const DIALOG = ":is([role=dialog], [role=alertdialog]):not([aria-modal=false])";

// Tabs of a record follow its keys and would take the focus back from the field that a key opened.
const TAB = "nav [aria-current=page]";
const HEADING = "h1, h2, h3, legend";
// Where a key typed by mistake changes nothing: no fields.
const CONTROL = "a[href], button:not(:disabled, [aria-haspopup])";

const regionsOf = (main: HTMLElement | null) => [
  ...(main?.querySelectorAll<HTMLElement>("section[tabindex='0']") ?? []),
];
const scrolls = (region: HTMLElement) => region.scrollHeight > region.clientHeight;
const isSeen = (element: HTMLElement) => element.closest("[hidden], [inert], [aria-hidden=true]") === null;

/**
 * Where keys do something, and what is marked says where one is: an open dialog, the page's list, else the tab one is on
 * or the first heading, within what scrolls where something does. A ring around the page as a whole would say nothing.
 */
function place(main: HTMLElement): HTMLElement {
  const dialog = [...document.querySelectorAll<HTMLElement>(DIALOG)].at(-1);
  const list = dialog ?? main.querySelector<HTMLElement>("[role=grid]");
  if (list) return list;
  const within = regionsOf(main).find(scrolls) ?? main;
  const first = (what: string, part = within) => [...part.querySelectorAll<HTMLElement>(what)].find(isSeen);
  const tab = first(TAB);
  if (tab) return tab;
  const heading = first(HEADING);
  // Not in the order of Tab: from it, Tab goes on to what follows.
  if (heading && !heading.matches(`:has(${CONTROL})`)) {
    heading.tabIndex = -1;
    return heading;
  }
  return first(TAB, main) ?? first(CONTROL) ?? within;
}

/**
 * Keeps the focus from falling to the body, where no key of a list or page works: another page has it once it is drawn,
 * unless something on it took it; and what had the focus and vanished hands it on.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>) {
  const router = useRouter();
  // Another page came while a dialog was open, as when the palette leads there: it gets the focus once that is gone.
  const owed = useRef(false);
  // What has the focus because the page had no heading yet: a button, which it leaves once there is something better.
  const makeshift = useRef<Element | null>(null);

  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged }) => {
        const page = main.current;
        const active = document.activeElement;
        if (!page || !pathChanged) return;
        owed.current = Boolean(active?.closest(DIALOG));
        if (owed.current || (!isFocusFree() && page.contains(active))) return;
        const placed = place(page);
        makeshift.current = placed.matches(CONTROL) ? placed : null;
        placeFocus(placed);
      }),
    [router, main],
  );

  useEffect(() => {
    let timer = 0;
    const hasNone = () => document.activeElement === null || document.activeElement === document.body;
    // The page as a whole has it only until there is something on it.
    const isProvisional = () =>
      document.activeElement === makeshift.current ||
      (isFocusFree() && [main.current, ...regionsOf(main.current)].some((part) => part === document.activeElement));
    const check = () => {
      if (!hasNone() && !owed.current && !isProvisional()) return;
      window.clearTimeout(timer);
      timer = window.setTimeout(() => {
        const page = main.current;
        if (!page) return;
        const isOwed = owed.current && document.querySelector(DIALOG) === null;
        if (isOwed) owed.current = false;
        if (hasNone() || (isOwed && !page.contains(document.activeElement)) || isProvisional()) {
          const better = place(page);
          makeshift.current = better.matches(CONTROL) ? better : null;
          if (better !== document.activeElement) placeFocus(better);
        }
      }, REST_MS);
    };
    const observer = new MutationObserver(check);
    observer.observe(document.body, { childList: true, subtree: true });
    // A button that can't be pressed any more loses the focus without going.
    document.addEventListener("focusout", check);
    check();
    return () => {
      observer.disconnect();
      document.removeEventListener("focusout", check);
      window.clearTimeout(timer);
    };
  }, [main]);
}
