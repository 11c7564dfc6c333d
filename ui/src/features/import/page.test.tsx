import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";
import { setKind, startOver } from "./wizard.ts";

afterEach(() => {
  startOver();
  void setKind("contact");
});

/** People as another program writes them, three of them without an address that could be one. */
function spreadsheet(): string {
  const rows = Array.from({ length: 40 }, (_, n) => {
    const email = [7, 19, 31].includes(n) ? `ana${n} at fair.example` : `ana${n}@fair.example`;
    return `Ana Duarte${n};${email};Atlas Energy;Recruiter;Porto;HR-${n}`;
  });
  return ["Full Name;Work Email;Company;Position;City;Internal ID", ...rows].join("\n");
}

async function openImport() {
  const desk = await openDesk({ contacts: 60 });
  desk.chooses("fair.csv", spreadsheet());
  const app = await renderOn(desk, "/import");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Choose a file…" }));
  await screen.findByRole("table");
  return { ...app, user };
}
const check = () => screen.findByRole("button", { name: /^Check [\d,]+ rows$/ });

describe("the import", () => {
  it("goes from a file to contacts, says beforehand what happens, and can be taken back", async () => {
    const { user, desk, router } = await openImport();
    const before = await desk.total("contact");
    await user.click(await check());
    const go = await screen.findByRole("button", { name: /^Import [\d,]+ contacts$/ });
    expect(screen.getByText(/contacts will be added to the directory\./)).toBeDefined();
    expect(screen.getByText(/rows can’t be imported and will be left out\./)).toBeDefined();
    expect(await desk.total("contact"), "nothing is written yet").toBe(before);
    await user.click(go);
    expect(await screen.findByRole("heading", { name: "Import complete" })).toBeDefined();
    expect(await desk.total("contact")).toBeGreaterThan(before);
    expect(router.state.location.search).toEqual({ step: "done" });
    expect(screen.getByText("The import sent no email to these contacts.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Undo import" }));
    expect(await screen.findByRole("alertdialog", { name: "Undo" })).toBeDefined();
  });

  it("says how it read the file, what is doubtful about that, and reads it anew as one chooses", async () => {
    const desk = await openDesk({ contacts: 3 });
    desk.chooses(
      "report.csv",
      'Report of May,,\nFirst name,Last name,Email\nAna,Duarte,ana@fair.example\nBo,"Chen,bo@fair.example\n',
    );
    await renderOn(desk, "/import");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Choose a file…" }));
    const reading = within(await screen.findByRole("region", { name: "How the file was read" }));
    expect(reading.getByText("1 row above the header was left out.")).toBeDefined();
    expect(reading.getByText(/The quotation marks in line 4 don’t match\./)).toBeDefined();
    expect(reading.getByRole("button", { name: /Separator/ }).textContent).toContain("Comma");
    expect(screen.getByRole("rowheader", { name: "Last name" })).toBeDefined();
    await user.click(reading.getByRole("button", { name: /Header row/ }));
    await user.click(await screen.findByRole("option", { name: "No header" }));
    expect(await screen.findByRole("rowheader", { name: "Column 2" })).toBeDefined();
    expect(reading.queryByText("1 row above the header was left out.")).toBeNull();
    expect(await screen.findByRole("button", { name: "Check 4 rows" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: /Separator/ }));
    await user.click(await screen.findByRole("option", { name: "Semicolon" }));
    await waitFor(() => expect(screen.queryByRole("rowheader", { name: "Column 2" })).toBeNull());
    expect(screen.getByRole("button", { name: /Header row/ }).textContent).toContain("No header");
  });

  it("ends with a way to exactly the contacts it added", async () => {
    const { user, desk, router } = await openImport();
    await user.click(await check());
    await user.click(await screen.findByRole("button", { name: /^Import [\d,]+ contacts$/ }));
    await user.click(await screen.findByRole("button", { name: "Email the 37 new contacts…" }));
    const letter = await screen.findByRole("dialog");
    expect(within(letter).getAllByText(/37/).length).toBeGreaterThan(0);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await user.click(await screen.findByRole("button", { name: "See the 37 new contacts" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/contacts"));
    const { filter } = router.state.location.search as { filter: { field: string; values: string[] }[] };
    expect(filter).toMatchObject([{ field: "created_in", op: "is", values: [(await desk.last())?.id] }]);
    expect(await screen.findByText("Added by the import of fair.csv")).toBeDefined();
    expect(await screen.findByText("37 contacts")).toBeDefined();
  });

  it("adds a group that a file names and that is not there yet, and goes on to the next bad row", async () => {
    const desk = await openDesk({ contacts: 3 });
    desk.chooses(
      "class.csv",
      "First name,Last name,Email,Group\nAna,Duarte,ana@campus.example,Nursing\nBo,Chen,bo at campus,\n" +
        "Cy,Dee,cy@campus.example,Nursing\n",
    );
    await renderOn(desk, "/import");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: /Records in the file/ }));
    await user.click(await screen.findByRole("option", { name: "Users" }));
    expect(await screen.findByText(/belongs to a student or alum updates that user/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Choose a file…" }));
    await user.click(await check());
    const failed = () =>
      Number(screen.getByRole("radio", { name: /Can’t be imported/ }).textContent?.match(/\d+/)?.[0]);
    await screen.findByRole("radio", { name: /Can’t be imported/ });
    expect(failed()).toBe(3);
    await user.click((await screen.findAllByRole("button", { name: "Add group “Nursing”" }))[0] as HTMLElement);
    await waitFor(() => expect(failed()).toBe(1));
    expect((await call(commands.groupsList())).map(({ name }) => name)).toContain("Nursing");
    await waitFor(() => expect(document.activeElement?.getAttribute("id")).toMatch(/^import-fix-/));
    await user.click(await screen.findByRole("button", { name: "Import 2 users" }));
    expect(await screen.findByText(/because neither the portal address nor a mail server is set/)).toBeDefined();
    await user.click(screen.getByRole("button", { name: "See the 2 new users" }));
    expect(await screen.findByText("Added by the import of class.csv")).toBeDefined();
  });

  it("asks who is meant by an address that somebody else has, for one row and for all", async () => {
    const desk = await openDesk({ contacts: 3 });
    await desk.add({ first_name: "Ann", last_name: "Lee", email: "careers@acme.example" });
    desk.chooses(
      "fair.csv",
      "First name,Last name,Email,Job title\nZoltan,Quill,careers@acme.example,Recruiter\n" +
        "Vera,Zed,shared@fair.example,Lead\nXaver,Quandt,shared@fair.example,Lead\n",
    );
    await renderOn(desk, "/import");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Choose a file…" }));
    await user.click(await check());
    expect(await screen.findByText(/2 rows need your decision and will be left out without one\./)).toBeDefined();
    await user.click(screen.getByRole("radio", { name: /Name conflicts/ }));
    const before = await desk.total("contact");
    await user.click(await screen.findByRole("row", { name: /Zoltan Quill/ }));
    const pane = await screen.findByRole("complementary", { name: "Details of line 2" });
    expect(within(pane).getByText("Ann Lee has this email, with another first and last name.")).toBeDefined();
    expect(within(pane).getByText("What updating would change")).toBeDefined();
    await user.click(within(pane).getByRole("button", { name: "Add Zoltan Quill with the same email" }));
    expect(await screen.findByText(/1 row needs your decision/)).toBeDefined();
    // The next question takes its place, as in a queue.
    const next = await screen.findByRole("complementary", { name: "Details of line 4" });
    expect(await within(next).findByText("Line 3 has the same email, with another first and last name.")).toBeDefined();
    expect(within(next).queryByRole("button", { name: /^Update/ }), "that row isn’t a contact yet").toBeNull();
    await user.click(screen.getByRole("button", { name: "Skip 1 row" }));
    expect(await screen.findByText("Name conflicts are skipped.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Ask about name conflicts again" }));
    await user.click(await screen.findByRole("button", { name: "Add all 2 as new contacts" }));
    await user.click(await screen.findByRole("button", { name: "Import 3 contacts" }));
    expect(await screen.findByRole("heading", { name: "Import complete" })).toBeDefined();
    expect(screen.getByText("from fair.csv, 3 rows")).toBeDefined();
    expect(await desk.total("contact")).toBe(before + 3);
  });

  it("imports a person without a value that isn’t one, says so, and takes the corrected one", async () => {
    const desk = await openDesk({ contacts: 3 });
    desk.chooses("fair.csv", "First name,Last name,Email,Work phone\nVera,Zed,vera@fair.example,TBD\n");
    await renderOn(desk, "/import");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Choose a file…" }));
    await user.click(await screen.findByRole("button", { name: "Check 1 row" }));
    expect(await screen.findByText(/1 row has values that can’t be imported; the rest of it will be\./)).toBeDefined();
    const cell = await screen.findByRole("textbox", { name: "Work phone in line 2" });
    expect(screen.getByText(/Imported without it\./)).toBeDefined();
    await user.clear(cell);
    await user.type(cell, "+1 212 555 0199{Enter}");
    await waitFor(() => expect(screen.queryByRole("radio", { name: /Values left out/ })).toBeNull());
    await user.click(await screen.findByRole("button", { name: "Import 1 contact" }));
    expect(await screen.findByRole("button", { name: "See the new contact" })).toBeDefined();
    expect(screen.queryByText(/values that weren’t imported/)).toBeNull();
  });

  it("needs a column for the e-mail, and takes a field from the column that had it", async () => {
    const { user } = await openImport();
    const choose = async (column: string, option: string | RegExp) => {
      await user.click(screen.getByRole("button", { name: new RegExp(`Field for the column ${column}`) }));
      await user.click(await screen.findByRole("option", { name: option }));
    };
    await choose("Work Email", "Don’t import");
    expect(await check()).toHaveProperty("disabled", true);
    expect(screen.getByText(/Required, but not in any column: Email/)).toBeDefined();
    await choose("Internal ID", /^Email/);
    await choose("Work Email", /^Email now from Internal ID/);
    expect(await check()).toHaveProperty("disabled", false);
    const row = screen.getByRole("row", { name: /Internal ID/ });
    expect(within(row).getByText("Not imported")).toBeDefined();
  });

  it("keeps the dry run and its fixes when one goes back and changes nothing", async () => {
    const { user } = await openImport();
    await user.click(await check());
    await screen.findByRole("radio", { name: /Can’t be imported/ });
    await user.click(screen.getByRole("radio", { name: /Can’t be imported/ }));
    const count = () => Number(screen.getByRole("radio", { name: /Can’t be imported/ }).textContent?.match(/\d+/)?.[0]);
    const failed = count();
    // Until these rows are the only ones, a cell may be one of the list before.
    await waitFor(() => expect(document.querySelectorAll("[role=row][aria-rowindex]")).toHaveLength(failed + 1));
    const bad = await screen.findAllByRole("textbox", { name: /Email in line/ });
    await user.clear(bad[0] as HTMLElement);
    await user.type(bad[0] as HTMLElement, "somebody.else@example.org{Enter}");
    await waitFor(() => expect(count()).toBe(failed - 1));
    await user.click(screen.getByRole("button", { name: "Back" }));
    await user.click(await check());
    await screen.findByRole("radio", { name: /Can’t be imported/ });
    expect(count()).toBe(failed - 1);
  });

  it("starts with a file dropped anywhere on the window", async () => {
    const { desk, router } = await renderDesk("/contacts", { contacts: 30 });
    await screen.findByRole("grid");
    await desk.tell("files-dragged", { kind: "over" });
    expect(await screen.findByText("Drop to import")).toBeDefined();
    await desk.tell("files-dragged", {
      kind: "dropped",
      file: await desk.file("fair.csv", spreadsheet()),
      several: false,
    });
    expect(await screen.findByRole("heading", { name: "fair.csv" })).toBeDefined();
    expect(router.state.location).toMatchObject({ pathname: "/import", search: { step: "columns" } });
    expect(screen.queryByText("Drop to import")).toBeNull();
  });

  it("leads back to the file where the address names a step that has nothing to show", async () => {
    const { router } = await renderDesk("/import?step=check");
    expect(await screen.findByRole("button", { name: "Choose a file…" })).toBeDefined();
    await waitFor(() => expect(router.state.location.search).toEqual({}));
  });
});
