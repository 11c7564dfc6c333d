import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { MATCH, matchOf } from "./paletteSearch.ts";

async function openPalette() {
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /^Search or jump to/ }));
  const dialog = within(await screen.findByRole("dialog"));
  const input = await dialog.findByLabelText("Search or jump to…", { selector: "input" });
  return { user, dialog, input };
}

describe("how well a name matches", () => {
  it("knows the whole name, its beginning, and beginnings of its words", () => {
    expect(matchOf("Blueloft Design", "blueloft design")).toBe(MATCH.exact);
    expect(matchOf("Blueloft Design", "Bluel")).toBe(MATCH.start);
    expect(matchOf("Zoë Müller", "mull zoe")).toBe(MATCH.word);
    expect(matchOf("Fiona Robinson", "amber")).toBe(MATCH.elsewhere);
  });
});

describe("the search for anything", () => {
  it("finds somebody who is not in the directory, and says so", async () => {
    const desk = await openDesk({ contacts: 200 });
    // In the sample, people who wait may be employer users or students of the same name, too.
    const name = "Ottoline Quist";
    await desk.importFile("sign-ups.csv", "First name,Last name,E-mail\nOttoline,Quist,oq@sign-ups.example", "queue");
    await renderOn(desk, "/employers");
    const { user, dialog, input } = await openPalette();
    await user.type(input, name);
    const found = await dialog.findByRole("menuitem", { name: new RegExp(name) });
    expect(within(found).getByText("Pending")).toBeDefined();
  });

  it("shows an employer of the name before its people, and where else something was found", async () => {
    const desk = await openDesk();
    await desk.importFile(
      "people.csv",
      "First name,Last name,E-mail,Employer\nAnn,Lee,ann@quokka.example,Quokka Works\nBo,Ray,bo@other.example,Quokka Works",
      "directory",
    );
    await renderOn(desk, "/employers");
    const { user, dialog, input } = await openPalette();
    await user.type(input, "quokka");
    await dialog.findByRole("menuitem", { name: /Ann Lee/ });
    const items = dialog.getAllByRole("menuitem").map((item) => item.textContent ?? "");
    const at = (text: string) => items.findIndex((item) => item.includes(text) && !item.startsWith("New"));
    expect(items[0]).toContain("Quokka Works");
    expect(at("Ann Lee")).toBeGreaterThan(0);
    await user.clear(input);
    await user.type(input, "ann@quokka");
    await waitFor(() =>
      expect(dialog.getByRole("menuitem", { name: /Ann Lee/ }).textContent).toContain("ann@quokka.example"),
    );
  });

  it("finds colleagues and events, and begins with this page’s actions and what was open", async () => {
    const desk = await openDesk({ contacts: 20 });
    await call(commands.recordCreate("event", { title: "Zephyr Career Fair", starts_at: Date.now() }));
    const [contact] = await desk.rows("contact");
    if (!contact) throw new Error("no contact");
    const { router } = await renderOn(desk, `/contacts/${contact.id}`);
    await screen.findByRole("heading", { level: 1, name: contact.name });
    await router.navigate({ to: "/contacts", search: {} } as never);
    await screen.findByRole("grid");
    const { user, dialog, input } = await openPalette();
    const headings = () => dialog.getAllByRole("group").map((group) => group.textContent ?? "");
    await waitFor(() => expect(headings().length).toBeGreaterThan(2));
    const [first, second] = headings();
    expect(first).toMatch(/^Actions on this page/);
    expect(second).toMatch(/^Recently opened/);
    expect(second).toContain(contact.name);
    expect(screen.queryByText("Anywhere")).toBeNull();
    await user.type(input, "zephyr");
    expect(await dialog.findByRole("menuitem", { name: /Zephyr Career Fair/ })).toBeDefined();
    await user.clear(input);
    await user.type(input, "Morgan Ellery");
    await user.click(await dialog.findByRole("menuitem", { name: /^Morgan Ellery/ }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/settings/staff"));
  });
});
