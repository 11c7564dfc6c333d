import { events, type FileDrag, type NamedFile } from "./bindings.ts";

/** Follows files dragged onto the window. Returns the function that stops. */
export function followFileDrags(handle: (drag: FileDrag) => void): Promise<() => void> {
  return events.filesDragged.listen(({ payload }) => handle(payload));
}

/** Follows files that another start of the app was given. Returns the function that stops. */
export function followGivenFiles(handle: (file: NamedFile) => void): Promise<() => void> {
  return events.fileGiven.listen(({ payload }) => handle(payload));
}
