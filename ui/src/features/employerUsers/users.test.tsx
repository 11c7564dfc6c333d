import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { FakeDesk } from "~/ipc/fake/desk.ts";
import { renderApp } from "~/testing/app.tsx";

function account(desk: FakeDesk, isPrivate: boolean) {
  const found = desk.contacts.find(
    ({ user }) => user?.access && (Number.parseInt(user.id.slice(-4), 16) % 9 === 0) === isPrivate,
  );
  if (!found?.user) throw new Error("no such user");
  return { contact: found, user: found.user };
}

describe("an employer user", () => {
  it("gets access by a switch, and what they read without it is said", async () => {
    const { desk, router } = await renderApp("/settings/employer-users", { contacts: 60, pending: 0 });
    const { user } = account(desk, false);
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    const toggle = await screen.findByRole("switch", { name: "User Can Access Your Site" });
    expect(screen.getByText("You do not have access to this site.")).toBeDefined();
    await userEvent.setup().click(toggle);
    await waitFor(() => expect(user.access).toBe(false));
    expect(await screen.findByText(/can’t log in any more/)).toBeDefined();
  });

  it("has no name where the profile is private, and can be decided about all the same", async () => {
    const { desk, router } = await renderApp("/settings/employer-users", { contacts: 60, pending: 0 });
    const { contact, user } = account(desk, true);
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    expect(await screen.findByText("This person’s profile is private.")).toBeDefined();
    expect(document.body.textContent).not.toContain(String(contact.values.email));
    expect(screen.queryByRole("tab", { name: "Contact" })).toBeNull();
    await userEvent.setup().click(screen.getByRole("button", { name: "Change role…" }));
    expect(await screen.findByRole("dialog", { name: "Change the role of 1 employer user" })).toBeDefined();
  });

  it("is deleted with all data once the word is typed", async () => {
    const { desk, router } = await renderApp("/settings/employer-users", { contacts: 60, pending: 0 });
    const { contact, user } = account(desk, false);
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    const keys = userEvent.setup();
    await keys.click(await screen.findByRole("button", { name: "Action" }));
    await keys.click(await screen.findByRole("menuitem", { name: /^Delete user/ }));
    const dialog = await screen.findByRole("alertdialog", { name: /with all data$/ });
    expect(within(dialog).getByText(/Contacts with the same e-mail address stay/)).toBeDefined();
    const act = within(dialog).getByRole("button", { name: "Delete with all data" });
    expect(act).toHaveProperty("disabled", true);
    await keys.type(within(dialog).getByRole("textbox"), "delete{Enter}");
    await waitFor(() => expect(contact.user).toBeNull());
    await waitFor(() => expect(router.state.location.pathname).toBe("/settings/employer-users"));
  });
});
