import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderDesk } from "~/testing/desk.tsx";

async function openContact(approval: string, path = "") {
  const app = await renderDesk("/contacts", { contacts: 200, pending: 5 });
  const id = await app.desk.find(approval);
  await app.router.navigate({ to: `/contacts/${id}${path}` as never });
  await screen.findByRole("tab", { name: "Profile" });
  return { ...app, user: userEvent.setup() };
}

describe("the page of a record", () => {
  it("goes to its tabs by number and by arrow, and keeps the tab in the address", async () => {
    const { user, router } = await openContact("approved");
    await user.keyboard("4");
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "notes" }));
    expect(screen.getByRole("tab", { name: /^Notes/ }).getAttribute("aria-selected")).toBe("true");
    screen.getByRole("tab", { name: /^Notes/ }).focus();
    await user.keyboard("{ArrowLeft}");
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "activities" }));
  });

  it("shows its first tab where the address names one that is not there", async () => {
    await openContact("approved", "?tab=nothing");
    expect(screen.getByRole("tab", { name: "Profile" }).getAttribute("aria-selected")).toBe("true");
  });

  it("says in the Action menu why something can't be done now", async () => {
    const { user } = await openContact("rejected");
    await user.click(screen.getByRole("button", { name: "Action" }));
    const menu = await screen.findByRole("menu", { name: "Action" });
    const edit = within(menu).getByRole("menuitem", { name: /^Edit/ });
    expect(edit.getAttribute("aria-disabled")).toBe("true");
    // One reason for several of them is said once, above.
    const reason = document.getElementById(menu.getAttribute("aria-describedby") ?? "");
    expect(reason?.textContent).toContain("data is frozen");
    await user.keyboard("{Escape}");
    await user.keyboard("e");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("keeps an employer's list in the address beside its tab", async () => {
    const { desk, router } = await renderDesk("/employers", { contacts: 200, pending: 0 });
    const rows = await desk.rows("contact", [], ["employer"]);
    const id = rows.find(({ cells }) => cells[0]?.value)?.cells[0]?.value;
    await router.navigate({ to: `/employers/${id}` as never, search: { tab: "contacts" } as never });
    const user = userEvent.setup();
    await user.type(await screen.findByRole("searchbox", { name: "Search contacts" }), "a");
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "contacts", q: "a" }));
    await user.keyboard("{Enter}l");
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "contacts", q: "a", audit: true }));
  });
});

describe("selected rows", () => {
  it("are approved or rejected by the actions that fit, and the selection ends with the change", async () => {
    const { desk } = await renderDesk("/contacts", { contacts: 60, pending: 0 });
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "Contact Directory" });
    await waitFor(() => expect(within(grid).getAllByRole("row").length).toBeGreaterThan(3));
    grid.focus();
    await user.keyboard("xjx");
    const bar = await screen.findByRole("toolbar", { name: "Selected rows" });
    expect(within(bar).getByText("2 selected")).toBeDefined();
    expect(within(bar).queryByRole("button", { name: "Approve" })).toBeNull();
    const rejected = () => desk.total("contact", [{ field: "approval", op: "is", values: ["rejected"] }]);
    const start = await rejected();
    await user.click(within(bar).getByRole("button", { name: "Reject" }));
    const dialog = await screen.findByRole("alertdialog");
    await waitFor(() =>
      expect(within(dialog).getByText(/2 contacts will be rejected and leave the directory/)).toBeDefined(),
    );
    await user.click(within(dialog).getByRole("button", { name: "Reject" }));
    await waitFor(async () => expect(await rejected()).toBe(start + 2));
    await waitFor(() => expect(screen.queryByRole("toolbar", { name: "Selected rows" })).toBeNull());
  });
});
