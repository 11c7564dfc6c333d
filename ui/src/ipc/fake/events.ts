/** What the window itself tells, such as a file dropped onto it: for tests. */
export { emit } from "@tauri-apps/api/event";
