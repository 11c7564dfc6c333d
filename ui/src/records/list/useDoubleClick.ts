import { type MouseEvent, useRef } from "react";

/**
 * The first click of a double click on a row opens the pane, and the second may fall on the pane, which came under the
 * pointer: it opens the row all the same.
 */
export function useDoubleClick() {
  const first = useRef<(() => void) | null>(null);
  return {
    /** A row was clicked once; `open` is what a second click does. */
    pick: (open: () => void) => {
      first.current = open;
    },
    /** For clicks on list and pane alike, before anything in them hears of them. */
    onClick: (event: MouseEvent) => {
      const open = first.current;
      first.current = null;
      // On a row the list answers by itself.
      if (!open || event.detail !== 2 || (event.target as Element).closest("[role=row]")) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    },
  };
}
