import type { Id } from "~/ipc";

/** The ids with some of them put before or after another one. */
export function moved(ids: Id[], keys: Iterable<Id>, target: Id, position: "before" | "after"): Id[] {
  const taken = new Set(keys);
  const rest = ids.filter((id) => !taken.has(id));
  const at = rest.indexOf(target) + (position === "after" ? 1 : 0);
  return [...rest.slice(0, at), ...ids.filter((id) => taken.has(id)), ...rest.slice(at)];
}
