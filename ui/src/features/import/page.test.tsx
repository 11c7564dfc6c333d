import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";
import { startOver } from "./wizard.ts";

afterEach(startOver);

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
    expect(screen.getByText(/contacts are added to the directory\./)).toBeDefined();
    expect(screen.getByText(/rows can't be imported and stay out\./)).toBeDefined();
    expect(await desk.total("contact"), "nothing is written yet").toBe(before);
    await user.click(go);
    expect(await screen.findByRole("heading", { name: "The import is done" })).toBeDefined();
    expect(await desk.total("contact")).toBeGreaterThan(before);
    expect(router.state.location.search).toEqual({ step: "done" });
    await user.click(screen.getByRole("button", { name: "Undo the import" }));
    expect(await screen.findByRole("alertdialog", { name: "Undo" })).toBeDefined();
  });

  it("needs a column for the e-mail, and takes a field from the column that had it", async () => {
    const { user } = await openImport();
    const choose = async (column: string, option: string | RegExp) => {
      await user.click(screen.getByRole("button", { name: new RegExp(`Field for the column ${column}`) }));
      await user.click(await screen.findByRole("option", { name: option }));
    };
    await choose("Work Email", "Leave out");
    expect(await check()).toHaveProperty("disabled", true);
    expect(screen.getByText(/Needed, but in no column: E-mail/)).toBeDefined();
    await choose("Internal ID", /^E-mail/);
    await choose("Work Email", /^E-mail now from Internal ID/);
    expect(await check()).toHaveProperty("disabled", false);
    const row = screen.getByRole("row", { name: /Internal ID/ });
    expect(within(row).getByText("Left out")).toBeDefined();
  });

  it("keeps the dry run and its fixes when one goes back and changes nothing", async () => {
    const { user } = await openImport();
    await user.click(await check());
    await screen.findByRole("radio", { name: /Can't be imported/ });
    await user.click(screen.getByRole("radio", { name: /Can't be imported/ }));
    const count = () => Number(screen.getByRole("radio", { name: /Can't be imported/ }).textContent?.match(/\d+/)?.[0]);
    const failed = count();
    // Until these rows are the only ones, a cell may be one of the list before.
    await waitFor(() => expect(document.querySelectorAll("[role=row][aria-rowindex]")).toHaveLength(failed + 1));
    const bad = await screen.findAllByRole("textbox", { name: /E-mail in line/ });
    await user.clear(bad[0] as HTMLElement);
    await user.type(bad[0] as HTMLElement, "somebody.else@example.org{Enter}");
    await waitFor(() => expect(count()).toBe(failed - 1));
    await user.click(screen.getByRole("button", { name: "Back" }));
    await user.click(await check());
    await screen.findByRole("radio", { name: /Can't be imported/ });
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
