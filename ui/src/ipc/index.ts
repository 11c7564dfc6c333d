export * from "./bindings.ts";
export { call, progressChannel } from "./call.ts";
export * from "./contract.ts";
export { followFileDrags, followGivenFiles } from "./drop.ts";
export { commandError } from "./error.ts";
export { followChanges } from "./events.ts";
