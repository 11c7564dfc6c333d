import { mockIPC } from "@tauri-apps/api/mocks";

/** Stands in for the system: what the window asks it to open is kept in the list it gives. */
export function keepOpenedLinks(): string[] {
  const opened: string[] = [];
  mockIPC((command, args) => {
    if (command === "link_open") opened.push((args as { link: string }).link);
    return null;
  });
  return opened;
}
