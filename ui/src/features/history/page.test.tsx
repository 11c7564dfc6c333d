import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

// Sizes as in a window: here nothing is laid out, and what has no size shows no rows.
const SIZES = { clientWidth: 900, clientHeight: 460, scrollHeight: 46 };
const original = Object.keys(SIZES).map((name) => [name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)]);
beforeAll(() => {
  for (const [name, value] of Object.entries(SIZES))
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
});
afterAll(() => {
  for (const [name, descriptor] of original as [string, PropertyDescriptor | undefined][]) {
    Reflect.deleteProperty(HTMLElement.prototype, name);
    if (descriptor) Object.defineProperty(HTMLElement.prototype, name, descriptor);
  }
});

const fair = (people: number, domain: string) =>
  [
    "First name,Last name,E-mail",
    ...Array.from({ length: people }, (_, n) => `Ana,Duarte ${n},ana${n}@${domain}`),
  ].join("\n");

/** A desk where sixty contacts were imported, and twelve approved, of whom a colleague rejected one again. */
async function openHistory(path = "/history") {
  const desk = await openDesk();
  await desk.importFile("sign-ups.csv", fair(12, "sign-ups.example"), "queue");
  await desk.importFile("fair.csv", fair(60, "fair.example"), "directory");
  const waiting = (await desk.rows("contact", [{ field: "approval", op: "is", values: ["pending"] }])).map(
    ({ id }) => id,
  );
  await desk.review(waiting, { action: "approve" });
  await desk.colleague("Priya", "Raman", ["review_contacts"]);
  await desk.review(waiting.slice(0, 1), { action: "reject" });
  await desk.back();
  const app = await renderOn(desk, path);
  const list = await screen.findByRole("grid", { name: "Steps, newest first" });
  return { ...app, list, user: userEvent.setup() };
}

describe("the history", () => {
  it("opens a step with each of its changes, and keeps it in the address", async () => {
    const { user, router, list } = await openHistory("/history?kind=imports");
    const rows = await within(list).findAllByRole("row", { name: /imported/ });
    await user.click(rows[0] as HTMLElement);
    const panel = await screen.findByRole("complementary", { name: "What this step changed" });
    expect(await within(panel).findByText(/\d+ records changed/)).toBeDefined();
    expect(within(panel).getAllByRole("listitem")).toHaveLength(50);
    await user.click(within(panel).getByRole("button", { name: /^Show \d+ more$/ }));
    await waitFor(() => expect(within(panel).getAllByRole("listitem").length).toBeGreaterThan(50));
    expect(router.state.location.search).toMatchObject({ kind: "imports", step: expect.any(String) });
  });

  it("says before an undo what stands in the way, and marks the step after it", async () => {
    const { user, desk, list } = await openHistory("/history?kind=review");
    const rows = await within(list).findAllByRole("row", { name: /approved \d\d contacts/ });
    await user.click(rows[0] as HTMLElement);
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    const dialog = await screen.findByRole("alertdialog", { name: "Undo" });
    expect(await within(dialog).findByText("What’s in the way")).toBeDefined();
    // To undo is the safe act: Enter does it.
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole("button", { name: "Undo" })));
    expect(within(dialog).getAllByText(/Changed since by Priya Raman/).length).toBeGreaterThan(0);
    expect(within(dialog).getByRole("radio", { name: /Keep later changes/ })).toHaveProperty("checked", true);
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await desk.last())?.kind).toBe("undo"));
    expect(await within(list).findByText("Undone")).toBeDefined();
  });

  it("tells equal changes once, with the names of all", async () => {
    const { user, list } = await openHistory("/history?kind=review");
    const rows = await within(list).findAllByRole("row", { name: /approved \d\d contacts/ });
    await user.click(rows[0] as HTMLElement);
    const panel = await screen.findByRole("complementary", { name: "What this step changed" });
    expect(await within(panel).findAllByText("12 contacts")).toHaveLength(1);
    expect(within(panel).getAllByText("Approval Status")).toHaveLength(1);
    const names = within(panel).getByRole("list", { name: "Changed alike" });
    expect(within(names).getAllByRole("link", { name: /^Ana Duarte/ })).toHaveLength(8);
    await user.click(within(panel).getByRole("button", { name: "Show 4 more" }));
    expect(within(names).getAllByRole("link", { name: /^Ana Duarte/ })).toHaveLength(12);
  });

  it("is searched by the name of a record or a person", async () => {
    const { user, list, router } = await openHistory();
    await user.type(screen.getByRole("searchbox", { name: "Search people and records" }), "Priya");
    await waitFor(() => expect(router.state.location.search).toMatchObject({ q: "Priya" }));
    await waitFor(() => {
      const rows = within(list)
        .getAllByRole("row")
        .filter(({ textContent }) => textContent !== "Today");
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row.textContent).toContain("Priya");
    });
    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Search people and records" }));
    expect(await within(list).findAllByRole("row", { name: /imported 60 contacts/ })).toHaveLength(1);
  });

  it("leads from a step to a list of what it changed, and says so there", async () => {
    const { user, list, router } = await openHistory("/history?kind=imports");
    await user.click(await within(list).findByRole("row", { name: /imported 60 contacts/ }));
    await user.click(await screen.findByRole("button", { name: "Show in the list" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/contacts"));
    expect(await screen.findByText("Added or changed by the import of fair.csv")).toBeDefined();
    expect(await screen.findByText("60 contacts")).toBeDefined();
  });

  it("draws the rows in sight only, and goes on by keyboard", async () => {
    const { user, list } = await openHistory();
    await within(list).findAllByRole("row");
    const drawn = within(list).getAllByRole("row").length;
    expect(drawn).toBeGreaterThan(5);
    expect(drawn).toBeLessThan(60);
    list.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(document.activeElement?.getAttribute("role")).toBe("row");
  });
});
