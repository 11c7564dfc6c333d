import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderDesk } from "~/testing/desk.tsx";
import { press } from "~/testing/press.ts";

const QUEUE = "/notifications/contacts";
const grid = () => screen.findByRole("grid", { name: "Pending Contacts" });
/** The name in the row the keyboard stands on. */
function activeName(): string {
  const id = document.querySelector("[role=grid]")?.getAttribute("aria-activedescendant") ?? "";
  return document.getElementById(id)?.querySelector("[data-name]")?.textContent ?? "";
}

async function openQueue() {
  const app = await renderDesk(QUEUE, { contacts: 300, pending: 9 });
  const element = await grid();
  await waitFor(() => expect(activeName()).not.toBe(""));
  element.focus();
  return { ...app, user: userEvent.setup() };
}

describe("the queue by keyboard", () => {
  it("has the Source column, the filter and the count", async () => {
    await openQueue();
    expect(screen.getByRole("columnheader", { name: "Source" })).toBeDefined();
    expect(screen.getByRole("button", { name: /Contact Create Source/ })).toBeDefined();
    expect(screen.getByText("9 left")).toBeDefined();
    await waitFor(() => expect(screen.getByText("9 pending")).toBeDefined());
  });

  it("approves the active row, moves on to the next and keeps the focus", async () => {
    const { desk, user } = await openQueue();
    const first = activeName();
    await user.keyboard("j");
    const second = activeName();
    await user.keyboard("k");
    expect(activeName()).toBe(first);
    await user.keyboard("a");
    await waitFor(() => expect(screen.getByText("8 left")).toBeDefined());
    expect(await desk.pending()).toBe(8);
    await waitFor(() => expect(activeName()).toBe(second));
    expect(document.activeElement).toBe(await grid());
    expect(await screen.findByText(`${first} approved.`)).toBeDefined();
  });

  it("takes the last decision back with u", async () => {
    const { desk, user } = await openQueue();
    await user.keyboard("jj");
    const name = activeName();
    await user.keyboard("r");
    await waitFor(async () => expect(await desk.pending()).toBe(8));
    await waitFor(() => expect(activeName()).not.toBe(name));
    await user.keyboard("u");
    await waitFor(async () => expect(await desk.pending()).toBe(9));
    await waitFor(() => expect(screen.getByText("9 left")).toBeDefined());
    expect(await screen.findByText(/^Undone\. (?!Undone).+ is pending again\.$/)).toBeDefined();
    // The keyboard is on who came back.
    await waitFor(() => expect(activeName()).toBe(name));
  });

  it("asks before it rejects a selection, says to how many, and clears the selection after", async () => {
    const { desk, user } = await openQueue();
    await user.keyboard("x");
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    await waitFor(() => expect(screen.getByText("3 selected")).toBeDefined());
    await user.keyboard("r");
    const dialog = await screen.findByRole("alertdialog", { name: /^Reject/ });
    await waitFor(() =>
      expect(within(dialog).getByText(/3 contacts will be rejected and kept out of the directory/)).toBeDefined(),
    );
    expect(await desk.pending()).toBe(9);
    await press(user, () => within(dialog).getByRole("button", { name: "Reject" }));
    await waitFor(async () => expect(await desk.pending()).toBe(6));
    await waitFor(() => expect(screen.queryByText("3 selected")).toBeNull());
  });

  it("selects all that match, less those taken out", async () => {
    const { desk, user } = await openQueue();
    await user.keyboard("{Control>}a{/Control}");
    expect(screen.getByText("9 selected")).toBeDefined();
    await user.keyboard("x");
    expect(screen.getByText("8 selected")).toBeDefined();
    await user.keyboard("a");
    const dialog = await screen.findByRole("alertdialog", { name: /^Approve/ });
    await press(user, () => within(dialog).getByRole("button", { name: "Approve" }));
    await waitFor(async () => expect(await desk.pending()).toBe(1));
  });

  it("offers exactly the four acts in its menu", async () => {
    const { user } = await openQueue();
    await user.click(screen.getByRole("button", { name: "More actions" }));
    const items = (await screen.findAllByRole("menuitem")).map((item) => item.textContent);
    expect(items).toEqual(["Approve", "Approve & Assign Roles", "Reject", "Reject and Revoke Access"]);
  });

  it("assigns the chosen role with Shift+A", async () => {
    const { desk, user } = await openQueue();
    const first = await desk.named(activeName());
    await user.keyboard("{Shift>}A{/Shift}");
    const dialog = await screen.findByRole("alertdialog", { name: /^Approve & Assign/ });
    await press(user, () => within(dialog).getByRole("button", { name: "Approve & Assign Roles" }));
    const now = () => desk.contact(first);
    await waitFor(async () => expect((await now()).values.approval).toBe("approved"));
    const account = (await now()).user;
    if (account) expect(account.role).toBe("Default Access");
  });

  it("approves one row with its icon, whatever is active", async () => {
    const { desk, user } = await openQueue();
    const rows = screen.getAllByRole("row").filter((row) => row.getAttribute("aria-rowindex") === "4");
    await user.click(within(rows[0] as HTMLElement).getByRole("button", { name: "Approve" }));
    await waitFor(async () => expect(await desk.pending()).toBe(8));
  });
});

describe("notes in the queue", () => {
  it("take the focus with n, give it back with Esc, and don't catch the keys of the next person", async () => {
    const { user } = await openQueue();
    const element = await grid();
    await screen.findByLabelText("Write a note");
    await user.keyboard("n");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Write a note")));
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(element));
    const before = activeName();
    await user.keyboard("j");
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(activeName()).not.toBe(before);
    expect(document.activeElement).toBe(element);
  });
});

describe("the last one", () => {
  it("leaves an empty queue that says so, and a grid that names no row that isn't there", async () => {
    const { desk, user } = await openQueue();
    await user.keyboard("{Control>}a{/Control}a");
    const dialog = await screen.findByRole("alertdialog", { name: /^Approve/ });
    await press(user, () => within(dialog).getByRole("button", { name: "Approve" }));
    expect(await screen.findByText(/^No contacts are pending/)).toBeDefined();
    expect(await desk.pending()).toBe(0);
    const active = (await grid()).getAttribute("aria-activedescendant");
    expect(active === null || document.getElementById(active) !== null).toBe(true);
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(async () => expect(await desk.pending()).toBe(9));
    await waitFor(() => expect(activeName()).not.toBe(""));
  });
});
