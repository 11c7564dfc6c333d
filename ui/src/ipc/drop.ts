import { getCurrentWebview } from "@tauri-apps/api/webview";
import { events } from "./bindings.ts";

/** Files that somebody drags over the window, leaves with, or drops. */
export type FileDrag = { kind: "over" } | { kind: "left" } | { kind: "dropped"; paths: string[] };

/** Follows files dragged onto the window. Returns the function that stops. */
export function followFileDrags(handle: (drag: FileDrag) => void): Promise<() => void> {
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    // Text and pictures dragged within the page have no paths.
    if (payload.type === "drop") handle({ kind: "dropped", paths: payload.paths });
    else if (payload.type === "leave") handle({ kind: "left" });
    else if (payload.type === "over" || payload.paths.length > 0) handle({ kind: "over" });
  });
}

/** Follows files that another start of the app was given. Returns the function that stops. */
export function followGivenFiles(handle: (path: string) => void): Promise<() => void> {
  return events.fileGiven.listen(({ payload }) => handle(payload));
}
