import { call, commands } from "~/ipc";
import { toastError } from "~/kit/components/Toast.tsx";

/** Sizes the window can be shown in, in percent; the steps browsers have. */
export const ZOOM_STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;
const USUAL = 100;
const STORAGE_KEY = "liaison.zoom";

/** The size that was chosen last; the usual one where what is stored is none of them. */
export function zoom(): number {
  const stored = Number(localStorage.getItem(STORAGE_KEY));
  return ZOOM_STEPS.some((step) => step === stored) ? stored : USUAL;
}

/** The step that lies so many steps from a size; 0 leads back to the usual one. */
export function zoomStep(from: number, by: number): number {
  if (by === 0) return USUAL;
  const at = ZOOM_STEPS.findIndex((step) => step >= from);
  return ZOOM_STEPS[Math.min(Math.max(at + by, 0), ZOOM_STEPS.length - 1)] ?? USUAL;
}

function apply(percent: number) {
  call(commands.windowZoom(percent)).catch(toastError);
}

/** Shows the window in the size that was chosen last. */
export function startZoom() {
  if ("__TAURI_INTERNALS__" in window && zoom() !== USUAL) apply(zoom());
}

/** Shows the window so many steps larger or smaller, and remembers it; 0 leads back to the usual size. */
export function zoomBy(by: number) {
  const next = zoomStep(zoom(), by);
  localStorage.setItem(STORAGE_KEY, String(next));
  apply(next);
}
