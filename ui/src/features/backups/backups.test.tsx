import { readFileSync, writeFileSync } from "node:fs";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { Desk } from "~/ipc/testing/desk.ts";
import { PASSCODE } from "~/ipc/testing/program.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { sizeText, troubleText } from "./words.ts";

const file = (name: string) => `First name,Last name,E-mail\nDana,${name},dana.${name}@acme.example`;
const list = () => call(commands.backupList());

/**
 * The page on a desk with three backups: each import makes one before it begins, of which the newest of each hour stays;
 * a person put the two others back. The second one rotted. `first` and `last` go before the first and the last of them.
 */
async function openBackups(
  before: { first?: (desk: Desk) => Promise<void>; last?: (desk: Desk) => Promise<void> } = {},
) {
  const desk = await openDesk();
  await before.first?.(desk);
  await desk.add({ first_name: "Bo", last_name: "Lind", email: "bo@acme.example" });
  const kept: Uint8Array[] = [];
  let path = "";
  for (const name of ["Reyes", "Silva", "Okoro"]) {
    if (name === "Okoro") await before.last?.(desk);
    await desk.importFile(`${name}.csv`, file(name), "directory");
    path = (await list())[0]?.path ?? "";
    kept.push(readFileSync(path));
  }
  const putBack = (n: number) => {
    const name = path.replace(".liaison-backup", `-before-${n}.liaison-backup`);
    writeFileSync(name, kept[n] ?? "");
    return name;
  };
  putBack(0);
  // Where its head begins, after what says which kind of file it is.
  desk.rot(putBack(1), 24);
  await renderOn(desk, "/settings/backups");
  // The list, the settings and the status are read apart.
  await screen.findByRole("button", { name: /Space for backups/ });
  const table = await screen.findByRole("table");
  return { desk, table, user: userEvent.setup() };
}

/** A backup of a desk with another key, where Dana Reyes is. */
async function elsewhere(): Promise<Uint8Array> {
  const other = new Desk({ phase: "setup" });
  try {
    await call(
      commands.setupCreate({
        institution: "Northfield College",
        first_name: "Ada",
        last_name: "Berg",
        email: "ada@northfield.example",
        passcode: PASSCODE,
        time_zone: null,
        sample_contacts: null,
      }),
    );
    await other.add({ first_name: "Dana", last_name: "Reyes", email: "dana@acme.example" });
    return readFileSync((await call(commands.backupCreate())).path);
  } finally {
    other.end();
  }
}

/** A message that no server takes: there is none. */
async function oneMessageWaits(desk: Desk) {
  const id = await desk.add({ first_name: "Cy", last_name: "Dow", email: "cy@acme.example" });
  const from = { from_name: "Careers", from_address: "careers@riverton.example", reply_to: "", authority: "" };
  await call(commands.mailSettingsSet({ host: "127.0.0.1", port: 9, security: "none", user: "", ...from }, null));
  await call(commands.mailTo({ kind: "contact", id }, { subject: "The fair", text: "See you there." }));
}

/** The page, with such a backup named in the next dialog. */
async function openWithBackupFromElsewhere() {
  const backup = await elsewhere();
  const app = await openBackups();
  app.desk.chooses("elsewhere.liaison-backup", backup);
  return app;
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
    const { desk, table, user } = await openBackups();
    expect(within(table).getAllByRole("row")).toHaveLength(4);
    expect(within(table).getByText(/This backup is damaged/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Back up now" }));
    expect(await within(table).findByText("Made manually")).toBeDefined();
    const first = within(table).getAllByRole("row")[1] as HTMLElement;
    await user.click(within(first).getByRole("button", { name: /Actions for the backup/ }));
    desk.rot((await list())[0]?.path ?? "", -100);
    await user.click(await screen.findByRole("menuitem", { name: "Check" }));
    expect(await within(first).findByText(/This backup is damaged/)).toBeDefined();
  });

  it("says what a restore would take before it does", async () => {
    const { table, user } = await openBackups({ first: oneMessageWaits });
    // What can't be read has no moment, and comes after the oldest.
    const last = within(table).getAllByRole("row")[2] as HTMLElement;
    await user.click(within(last).getByRole("button", { name: /Actions for the backup/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Restore…" }));
    const asks = await screen.findByRole("alertdialog", { name: /^Restore the backup of/ });
    expect(within(asks).getByText("3 later changes will be lost.")).toBeDefined();
    expect(within(asks).getByText(/1 message was waiting/)).toBeDefined();
    await user.click(within(asks).getByRole("button", { name: /^Restore/ }));
    const done = await screen.findByRole("alertdialog", { name: "Backup restored" });
    expect(within(done).getByText("The data you had before is in the list of backups.")).toBeDefined();
  });

  it("asks for the passcode of a backup with another key", async () => {
    const { user } = await openWithBackupFromElsewhere();
    await user.click(screen.getByRole("button", { name: "Restore from a file…" }));
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "not this one{Enter}");
    expect(await screen.findByText(/This passcode doesn’t open the backup/)).toBeDefined();
    await user.clear(field);
    await user.type(field, `${PASSCODE}{Enter}`);
    expect(await screen.findByRole("alertdialog", { name: /^Restore the backup of/ })).toBeDefined();
  });

  it("looks into a backup with another key before it is restored", async () => {
    const { user } = await openWithBackupFromElsewhere();
    await user.click(screen.getByRole("button", { name: "Restore from a file…" }));
    await user.type(await screen.findByLabelText("Passcode or recovery key"), `${PASSCODE}{Enter}`);
    await user.click(await screen.findByRole("button", { name: "View contents…" }));
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
    const { table, user } = await openBackups({
      last: async (desk) => {
        await desk.colleague("Priya", "Raman", ["edit_contacts"]);
        await desk.change(await desk.named("Dana Reyes"), "title", "Recruiter");
        await desk.back();
      },
    });
    const first = within(table).getAllByRole("row")[1] as HTMLElement;
    await user.click(within(first).getByRole("button", { name: /Actions for the backup/ }));
    await user.click(await screen.findByRole("menuitem", { name: "View contents…" }));
    const field = await screen.findByRole("textbox", { name: "Find a contact or employer" });
    await user.type(field, "reyes");
    expect(await screen.findByText("Dana Reyes")).toBeDefined();
    expect(screen.getByText(/last changed .* by Priya Raman/)).toBeDefined();
  });
});
