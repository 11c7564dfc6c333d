import { call, commands } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";

/** What the system has programs for. */
const OUTSIDE = ["mailto:", "tel:", "https:", "http:"];

/** The left and the middle button; the right one asks for a menu. */
const FOLLOWING = [0, 1];

function linkOf(event: MouseEvent): HTMLAnchorElement | null {
  if (!FOLLOWING.includes(event.button)) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  return link instanceof HTMLAnchorElement ? link : null;
}

function isOwn(link: HTMLAnchorElement): boolean {
  return link.protocol === window.location.protocol && link.host === window.location.host;
}

/**
 * Hands every link that leads out of the app to the system, however it is followed: by click, middle click or Enter, in
 * this window or a new one. The window itself never goes there. Returns the function that stops.
 */
export function openLinksOutside(): () => void {
  // Before anybody else hears of it, so that no page can forget it.
  const open = (event: MouseEvent) => {
    const link = linkOf(event);
    if (!link || isOwn(link)) return;
    event.preventDefault();
    if (OUTSIDE.includes(link.protocol)) call(commands.linkOpen(link.href)).catch(toastError);
  };
  // After everybody else: the router has taken what is a page of the app.
  const stay = (event: MouseEvent) => {
    if (linkOf(event)) event.preventDefault();
  };
  const events = ["click", "auxclick"] as const;
  for (const name of events) {
    window.addEventListener(name, open, { capture: true });
    window.addEventListener(name, stay);
  }
  return () => {
    for (const name of events) {
      window.removeEventListener(name, open, { capture: true });
      window.removeEventListener(name, stay);
    }
  };
}
