import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";
import { approvalsIn } from "../review/bulk.ts";

const grid = () => screen.findByRole("grid", { name: "Contact Directory" });
const names = () =>
  [...document.querySelectorAll("[role=row] [role=gridcell][data-pinned]")].map(
    (cell) => cell.lastElementChild?.textContent ?? "",
  );

/** A desk with people whom the searches of these tests find. */
async function deskWith(...names: string[]) {
  const desk = await openDesk({ contacts: 300 });
  for (const name of names)
    await desk.add({ first_name: name, last_name: "Duarte", email: `${name}.duarte@found.example` });
  return desk;
}

describe("the directory", () => {
  it("is a grid that says how long it is, with one tab stop", async () => {
    const { desk } = await renderDesk("/contacts", { contacts: 300 });
    const element = await grid();
    const approved = await desk.total("contact", [{ field: "approval", op: "is", values: ["approved"] }]);
    await waitFor(() => expect(element.getAttribute("aria-rowcount")).toBe(String(approved + 1)));
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    expect(element.querySelectorAll('[tabindex="0"]').length).toBe(0);
    expect(element.getAttribute("tabindex")).toBe("0");
    const rows = within(element).getAllByRole("row");
    expect(rows[0]?.getAttribute("aria-rowindex")).toBe("1");
    expect(rows[1]?.getAttribute("aria-rowindex")).toBe("2");
  });

  it("searches as one types; the address holds the search; old rows stay until new ones are here", async () => {
    const desk = await deskWith("Ana", "Anabel");
    desk.latency = 30;
    const { router } = await renderOn(desk, "/contacts");
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    let emptied = false;
    const observer = new MutationObserver(() => {
      if (names().length === 0) emptied = true;
    });
    observer.observe(await grid(), { childList: true, subtree: true });
    await user.type(screen.getByRole("searchbox", { name: "Search contacts" }), "ana");
    await waitFor(() => expect(router.state.location.search).toEqual({ q: "ana" }));
    await waitFor(() => {
      expect(names().length).toBeGreaterThan(0);
      expect(names().every((name) => /ana/i.test(name) || name !== "")).toBe(true);
      expect(names()[0]).toMatch(/ana/i);
    });
    observer.disconnect();
    expect(emptied).toBe(false);
  });

  it("shows the answer to the last thing typed, also when an earlier answer comes later", async () => {
    const desk = await deskWith("Zoe", "Zoelle");
    await renderOn(desk, "/contacts");
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    const field = screen.getByRole("searchbox", { name: "Search contacts" });
    desk.latency = 120;
    await user.type(field, "z");
    desk.latency = 0;
    await user.type(field, "oe");
    await waitFor(() => expect(names()[0]).toMatch(/^Zoe/));
    await new Promise((resolve) => setTimeout(resolve, 250));
    const zoes = (await call(commands.listOpen({ kind: "contact", search: "zoe", filter: [], sort: [] }))).total;
    expect((await grid()).getAttribute("aria-rowcount")).toBe(String(zoes + 1));
  });

  it("closes lists it no longer shows", async () => {
    const { desk, unmount } = await renderDesk("/contacts", { contacts: 50 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    await user.type(screen.getByRole("searchbox", { name: "Search contacts" }), "ana");
    await waitFor(() => expect(desk.lists.size).toBeGreaterThan(1));
    unmount();
    await waitFor(() => expect(desk.lists.size).toBe(0));
  });

  it("follows changes made elsewhere", async () => {
    await renderDesk("/contacts", { contacts: 40 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    await commands.contactCreate({ first_name: "Aaa", last_name: "Aaaberg", email: "aaa@aaaberg.example" });
    await waitFor(() => expect(names()[0]).toBe("Aaa Aaaberg"));
  });
});

describe("a new contact", () => {
  it("says at the fields what Rust found wrong, and keeps what was typed", async () => {
    const { desk } = await renderDesk("/contacts", { contacts: 20 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "New contact" }));
    const dialog = await screen.findByRole("dialog", { name: "New contact" });
    await user.type(within(dialog).getByLabelText(/^First name/), "Ana");
    await user.type(within(dialog).getByLabelText(/^Email/), "not an address");
    await user.click(within(dialog).getByRole("button", { name: "Add contact" }));
    expect(await within(dialog).findByText("Enter an email address, like name@example.edu.")).toBeDefined();
    expect(within(dialog).getByText("Enter a last name.")).toBeDefined();
    expect(within(dialog).getByLabelText(/^First name/)).toHaveProperty("value", "Ana");
    await user.type(within(dialog).getByLabelText(/^Last name/), "Ruiz");
    await user.clear(within(dialog).getByLabelText(/^Email/));
    await user.type(within(dialog).getByLabelText(/^Email/), "ana@ruiz.example");
    await user.click(within(dialog).getByRole("button", { name: "Add contact" }));
    await waitFor(async () => expect(await desk.named("Ana Ruiz")).not.toBe(""));
    const added = await desk.contact(await desk.named("Ana Ruiz"));
    expect(added.values.last_name).toBe("Ruiz");
    expect(added.values.visibility).toBe("career_advisors");
  });
});

describe("keys that come before the list", () => {
  it("wait for its rows, in their order", async () => {
    const desk = await openDesk({ contacts: 300 });
    const release = desk.hold("list_window");
    await renderOn(desk, "/contacts");
    const element = await grid();
    expect(document.activeElement).toBe(element);
    expect(names().length).toBe(0);
    const user = userEvent.setup();
    await user.keyboard("jxjx");
    release();
    await screen.findByText("2 selected");
    expect(element.getAttribute("aria-activedescendant")).toMatch(/r2$/);
  });

  it("open nobody of the list that was there before", async () => {
    const desk = await deskWith("Zoe");
    const { router } = await renderOn(desk, "/contacts");
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    desk.latency = 150;
    await user.type(screen.getByRole("searchbox", { name: "Search contacts" }), "zoe{Enter}{Enter}");
    await screen.findByRole("tab", { name: "Profile" });
    expect((await screen.findByRole("heading", { level: 1 })).textContent).toMatch(/^Zoe/);
    expect(router.state.location.pathname).toMatch(/^\/contacts\/./);
  });
});

describe("what a list can hold", () => {
  it("decides which bulk actions fit", () => {
    expect(approvalsIn([])).toEqual(["approved"]);
    expect(approvalsIn([{ field: "approval", op: "is", values: ["rejected"] }])).toEqual(["rejected"]);
    expect(approvalsIn([{ field: "approval", op: "is_not", values: ["approved"] }])).toEqual(["pending", "rejected"]);
  });
});

describe("the way back", () => {
  it("finds the list as it was left: search and row", async () => {
    const { router } = await renderDesk("/contacts?q=an", { contacts: 300 });
    const element = await grid();
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    element.focus();
    const user = userEvent.setup();
    await user.keyboard("jjj");
    const row = element.getAttribute("aria-activedescendant")?.replace(/^.*r(\d+)$/, "$1");
    expect(row).toBe("3");
    await user.keyboard("{Enter}");
    await screen.findByRole("tab", { name: "Profile" });
    router.history.back();
    await waitFor(async () => expect((await grid()).getAttribute("aria-activedescendant")).toMatch(/r3$/));
    expect(router.state.location.search).toEqual({ q: "an" });
  });

  it("opens the list anew where Rust no longer keeps it", async () => {
    const { desk } = await renderDesk("/contacts", { contacts: 900 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    for (const list of [...desk.lists]) await call(commands.listClose(list));
    (await grid()).focus();
    await userEvent.setup().keyboard("{Control>}{End}{/Control}");
    await waitFor(() => expect(names().at(-1)).not.toBe(""));
    await waitFor(() => expect(desk.lists.size).toBe(1));
  });
});
