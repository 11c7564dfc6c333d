import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderApp } from "~/testing/app.tsx";
import { sizeText, troubleText } from "./words.ts";

async function openBackups() {
  await renderApp("/settings/backups", { contacts: 30, pending: 0 });
  const table = await screen.findByRole("table");
  return { table, user: userEvent.setup() };
}

describe("words about backups", () => {
  it("size them as people read them", () => {
    expect([1_000, 4_300_000, 12_600_000, 999_700, 2_000_000_000_000].map(sizeText)).toEqual([
      "1 kB",
      "4.3 MB",
      "13 MB",
      "1 MB",
      "2,000 GB",
    ]);
  });

  it("say what is in the way in each place", () => {
    for (const place of ["here", "folder"] as const)
      for (const kind of ["no_folder", "not_allowed", "disk_full", "damaged", "other"] as const)
        expect(troubleText({ place, kind, since: 0 })).not.toContain("backups.");
  });
});

describe("the page of backups", () => {
  it("makes one, and finds what rotted", async () => {
    const { table, user } = await openBackups();
    expect(within(table).getAllByRole("row")).toHaveLength(4);
    expect(within(table).getByText(/This backup is damaged/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Back up now" }));
    expect(await within(table).findByText("Made by hand")).toBeDefined();
    const first = within(table).getAllByRole("row")[1] as HTMLElement;
    await user.click(within(first).getByRole("button", { name: /Actions for the backup/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Check" }));
    expect(await within(first).findByText(/This backup is damaged/)).toBeDefined();
  });

  it("says what a restore would take before it does", async () => {
    const { table, user } = await openBackups();
    const last = within(table).getAllByRole("row")[3] as HTMLElement;
    await user.click(within(last).getByRole("button", { name: /Actions for the backup/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Restore…" }));
    const asks = await screen.findByRole("alertdialog", { name: /^Restore the backup of/ });
    expect(within(asks).getByText("3 later changes will be gone.")).toBeDefined();
    expect(within(asks).getByText(/1 message was waiting/)).toBeDefined();
    await user.click(within(asks).getByRole("button", { name: /^Restore/ }));
    const done = await screen.findByRole("alertdialog", { name: "Backup restored" });
    expect(within(done).getByText("What was here before is in the list of backups.")).toBeDefined();
  });

  it("asks for the passcode of a backup with another key", async () => {
    const { user } = await openBackups();
    await user.click(screen.getByRole("button", { name: "Restore from a file…" }));
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "not this one{Enter}");
    expect(await screen.findByText(/This passcode doesn’t open the backup/)).toBeDefined();
    await user.clear(field);
    await user.type(field, "correct horse battery{Enter}");
    expect(await screen.findByRole("alertdialog", { name: /^Restore the backup of/ })).toBeDefined();
  });

  it("looks into a backup with another key before it is restored", async () => {
    const { user } = await openBackups();
    await user.click(screen.getByRole("button", { name: "Restore from a file…" }));
    await user.type(await screen.findByLabelText("Passcode or recovery key"), "correct horse battery{Enter}");
    await user.click(await screen.findByRole("button", { name: "Look inside…" }));
    await user.type(await screen.findByRole("textbox", { name: "Find a contact or employer" }), "reyes");
    expect(await screen.findByText("Dana Reyes")).toBeDefined();
  });

  it("gives backups the room that is chosen", async () => {
    const { user } = await openBackups();
    await user.click(screen.getByRole("button", { name: /Space for backups/ }));
    await user.click(await screen.findByRole("option", { name: "20 GB" }));
    expect(
      await screen.findByRole("button", { name: /20 GB.*Space for backups|Space for backups.*20 GB/ }),
    ).toBeDefined();
  });

  it("looks inside", async () => {
    const { table, user } = await openBackups();
    const first = within(table).getAllByRole("row")[1] as HTMLElement;
    await user.click(within(first).getByRole("button", { name: /Actions for the backup/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Look inside…" }));
    const field = await screen.findByRole("textbox", { name: "Find a contact or employer" });
    await user.type(field, "reyes");
    expect(await screen.findByText("Dana Reyes")).toBeDefined();
    expect(screen.getByText(/last changed .* by Priya Raman/)).toBeDefined();
  });
});
