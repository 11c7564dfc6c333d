import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, progressChannel } from "~/ipc";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";
import { press } from "~/testing/press.ts";

const grid = () => screen.findByRole("grid", { name: "Contact Directory" });
const rowCount = async () => Number((await grid()).getAttribute("aria-rowcount")) - 1;
const names = () =>
  [...document.querySelectorAll("[role=row] [role=gridcell][data-pinned]")].map(
    (cell) => cell.lastElementChild?.textContent ?? "",
  );

describe("a row", () => {
  it("says at the address why nobody should write to it", async () => {
    const desk = await openDesk();
    const add = (name: string) => desk.add({ first_name: name, last_name: "Duarte", email: `${name}@x.example` });
    const [ana, bela] = [await add("Ana"), await add("Bela"), await add("Cy")];
    await call(commands.mailUnsubscribed({ kind: "contact", id: ana }, true));
    await call(commands.mailBounced({ kind: "contact", id: bela }, true));
    await renderOn(desk, "/contacts");
    const row = async (name: string) => (await screen.findByText(name)).closest<HTMLElement>("[role=row]");
    const why = async (name: string) =>
      within((await row(name)) ?? document.body)
        .queryAllByRole("img")
        .map((icon) => icon.getAttribute("aria-label"));
    await waitFor(async () => expect(await why("Ana Duarte")).toEqual(["Do not email"]));
    expect(await why("Bela Duarte")).toEqual(["Email to this address bounced"]);
    expect(await why("Cy Duarte")).toEqual([]);
    // Whoever did both: what was asked for counts more.
    await call(commands.mailBounced({ kind: "contact", id: ana }, true));
    await waitFor(async () => expect(await why("Ana Duarte")).toEqual(["Do not email"]));
  });
});

describe("a filter", () => {
  it("holds while it is written, says what is left, and Enter closes it", async () => {
    const desk = await openDesk({ contacts: 120 });
    const { id: acme } = await call(commands.employerCreate({ name: "Zephyr Acme" }));
    for (const n of [1, 2])
      await desk.add({ first_name: `Zed${n}`, last_name: "Duarte", email: `zed${n}@x.example`, employer: acme });
    const { router } = await renderOn(desk, "/contacts");
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    await user.keyboard("f");
    const fields = await screen.findByRole("menu", { name: "Field" });
    const first = within(fields)
      .getAllByRole("menuitem")
      .slice(0, 6)
      .map((item) => item.textContent);
    expect(first).toEqual(["Employer", "Approval Status", "Visibility", "Source", "Owner", "Labels"]);
    await user.keyboard("{ArrowDown}{Enter}");
    const box = await screen.findByRole("combobox", { name: "Value" });
    await waitFor(() => expect(document.activeElement).toBe(box));
    await user.keyboard("zephyr");
    await screen.findByRole("option", { name: "Zephyr Acme" });
    await user.keyboard("{Enter}");
    // The choice closes the list, and the list behind follows at once.
    expect(screen.queryByRole("listbox")).toBeNull();
    const panel = screen.getByRole("dialog", { name: "Add filter" });
    await within(panel).findByText("2 contacts");
    expect(router.state.location.search).toMatchObject({ filter: [{ field: "employer", op: "is", values: [acme] }] });
    await user.keyboard("{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await rowCount()).toBe(2);
  });

  it("has no list of values where it asks whether a field is empty", async () => {
    const { router } = await renderDesk("/contacts", { contacts: 60 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    await user.keyboard("f");
    await user.click(await screen.findByRole("menuitem", { name: "Employer" }));
    await screen.findByRole("combobox", { name: "Value" });
    await user.click(screen.getByRole("button", { name: /Comparison/ }));
    await user.click(await screen.findByRole("option", { name: "is empty" }));
    await waitFor(() => expect(screen.queryByRole("combobox", { name: "Value" })).toBeNull());
    expect(screen.queryByRole("listbox")).toBeNull();
    await waitFor(() =>
      expect(router.state.location.search).toMatchObject({ filter: [{ field: "employer", op: "is_empty" }] }),
    );
  });

  it("is begun from the menu of a column", async () => {
    await renderDesk("/contacts", { contacts: 60 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    (await grid()).focus();
    await user.keyboard("{ArrowUp}{ArrowRight}{Alt>}{ArrowDown}{/Alt}");
    await user.click(await screen.findByRole("menuitem", { name: "Filter by this column…" }));
    const panel = await screen.findByRole("dialog", { name: "Add filter" });
    await within(panel).findByText("Job title");
    expect(within(panel).getByRole("textbox", { name: "Value" })).toBeDefined();
  });

  it("shows the column it filters by, where the list has none otherwise", async () => {
    await renderDesk("/contacts", { contacts: 60 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    expect(screen.queryByRole("columnheader", { name: "Approval Status" })).toBeNull();
    const user = userEvent.setup();
    await user.keyboard("f");
    await screen.findByRole("menu", { name: "Field" });
    await user.type(screen.getByRole("searchbox", { name: "Find a field" }), "approval");
    await waitFor(() => expect(screen.getAllByRole("menuitem").length).toBe(1));
    await user.keyboard("{Enter}");
    await user.click(await screen.findByRole("checkbox", { name: "Approved" }));
    await screen.findByRole("columnheader", { name: "Approval Status" });
  });
});

describe("the list of columns", () => {
  it("finds a column by its name", async () => {
    await renderDesk("/contacts", { contacts: 60 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Columns" }));
    await screen.findByRole("menu", { name: "Columns" });
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Find a field"));
    await user.keyboard("country");
    await waitFor(() => expect(screen.getAllByRole("menuitemcheckbox").length).toBeLessThan(4));
    await user.click(screen.getByRole("menuitemcheckbox", { name: "Country" }));
    await waitFor(() => expect(document.querySelector("[role=columnheader][data-column=country]")).not.toBeNull());
  });
});

describe("a selection", () => {
  it("stays after a bulk change, without the rows that left the list", async () => {
    const desk = await openDesk({ contacts: 80 });
    const { id: acme } = await call(commands.employerCreate({ name: "Zephyr Acme" }));
    const zed = (n: number) =>
      desk.add({ first_name: `Zed${n}`, last_name: "Duarte", email: `zed${n}@x.example`, employer: acme });
    const ids = [await zed(1), await zed(2), await zed(3)];
    await renderOn(desk, "/contacts?q=zed");
    await waitFor(() => expect(names().length).toBeGreaterThan(2));
    const user = userEvent.setup();
    await user.keyboard("xjxjx");
    await screen.findByText("3 selected");
    await user.click(screen.getByRole("button", { name: "Change fields…" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: /Field/ }));
    await user.click(await screen.findByRole("option", { name: /^Department/ }));
    await user.type(await within(dialog).findByRole("textbox", { name: "New value" }), "Talent");
    await press(user, () => within(dialog).getByRole("button", { name: "Change 3 contacts" }));
    await screen.findByText("3 contacts changed.");
    expect(screen.getByText("3 selected")).toBeDefined();
    // Whoever leaves the list leaves the selection.
    await call(
      commands.delete(
        "contact",
        { by: "ids", ids: ids.slice(0, 1) },
        progressChannel(() => {}),
      ),
    );
    await screen.findByText("2 selected");
    expect(await rowCount()).toBe(2);
  });
});

describe("an empty list", () => {
  it("says who is not in the directory, and leads there", async () => {
    const desk = await openDesk({ contacts: 40 });
    const nancy = await desk.add({ first_name: "Nancyx", last_name: "Elliott", email: "nancyx@x.example" });
    await call(
      commands.contactsReview(
        { by: "ids", ids: [nancy] },
        { action: "reject" },
        progressChannel(() => {}),
      ),
    );
    await renderOn(desk, "/contacts?q=nancyx");
    await screen.findByText("Not in the directory: Nancyx Elliott, rejected.");
    await userEvent.setup().click(screen.getByRole("button", { name: "Show" }));
    await waitFor(() => expect(names()).toEqual(["Nancyx Elliott"]));
    await waitFor(async () => expect(document.activeElement).toBe(await grid()));
  });

  it("gives the keyboard back to the list when its filters are cleared", async () => {
    await renderDesk("/contacts?q=nobodyatallxyz", { contacts: 40 });
    await userEvent.setup().click(await screen.findByRole("button", { name: "Clear search and filters" }));
    await waitFor(async () => expect(document.activeElement).toBe(await grid()));
  });
});

describe("clicks", () => {
  it("mean the row that was pressed, also where the rows moved before the release", async () => {
    await renderDesk("/contacts", { contacts: 40 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const cell = document.querySelector("[role=row][aria-rowindex='3'] [data-pinned]") as HTMLElement;
    const name = cell.lastElementChild?.textContent ?? "";
    const between = document.querySelector("[role=grid] [role=rowgroup]") as HTMLElement;
    // Another row is below the pointer by then: the browser clicks what holds both.
    fireEvent.mouseDown(cell, { clientX: 300, clientY: 200 });
    fireEvent.click(between, { clientX: 300, clientY: 200, detail: 1 });
    await screen.findByRole("complementary", { name: `Preview of ${name}` });
    // The second click of a double click opens only the row that the first was on; another one is clicked once.
    const third = document.querySelector("[role=row][aria-rowindex='4'] [data-pinned]") as HTMLElement;
    const next = third.lastElementChild?.textContent ?? "";
    fireEvent.mouseDown(third, { clientX: 300, clientY: 200 });
    fireEvent.click(third, { clientX: 300, clientY: 200, detail: 2 });
    await screen.findByRole("complementary", { name: `Preview of ${next}` });
    // Whoever drags from row to row clicks none.
    const other = document.querySelector("[role=row][aria-rowindex='5']") as HTMLElement;
    fireEvent.mouseDown(other, { clientX: 300, clientY: 260 });
    fireEvent.click(between, { clientX: 300, clientY: 330, detail: 1 });
    expect(screen.getByRole("complementary", { name: `Preview of ${next}` })).toBeDefined();
  });

  it("peek once and open twice, also where the pane came under the pointer", async () => {
    const { router } = await renderDesk("/contacts", { contacts: 40 });
    await waitFor(() => expect(names().length).toBeGreaterThan(3));
    const user = userEvent.setup();
    const cell = document.querySelector("[role=row][aria-rowindex='3'] [data-pinned]") as HTMLElement;
    await user.click(cell);
    const pane = await screen.findByRole("complementary", { name: /^Preview of/ });
    expect(router.state.location.pathname).toBe("/contacts");
    fireEvent.click(pane, { detail: 2 });
    await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/contacts\/./));
  });
});
