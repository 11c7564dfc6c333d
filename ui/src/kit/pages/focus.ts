let placed: Element | null = null;

/** Puts the focus somewhere for want of a better place: what comes later and knows better takes it from there. */
export function placeFocus(element: HTMLElement) {
  placed = element;
  element.focus({ preventScroll: true });
}

/** Whether nobody chose where the focus is: it is nowhere, or where it was put for want of a better place. */
export function isFocusFree(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active === placed;
}
