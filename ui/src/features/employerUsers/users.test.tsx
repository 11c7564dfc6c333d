import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";

/** Somebody of the directory who can log in. */
async function account(desk: Desk) {
  const contact = await desk.contact(await desk.find("approved", true));
  if (!contact.user) throw new Error("no such user");
  return { contact, user: contact.user, now: async () => (await desk.contact(contact.id)).user };
}

describe("an employer user", () => {
  it("gets access by a switch, and what they read without it is said", async () => {
    const desk = await openDesk({ contacts: 60 });
    const { user, now } = await account(desk);
    const { router } = await renderOn(desk, "/settings/employer-users");
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    const toggle = await screen.findByRole("switch", { name: "User Can Access Your Site" });
    expect(screen.getByText("You do not have access to this site.")).toBeDefined();
    await userEvent.setup().click(toggle);
    await waitFor(async () => expect((await now())?.access).toBe(false));
    expect(await screen.findByText(/can no longer log in/)).toBeDefined();
  });

  it("has no name where the profile is private, and can be decided about all the same", async () => {
    const desk = await openDesk({ contacts: 60 });
    const { contact, user } = await account(desk);
    await desk.change(contact.id, "visibility", "myself");
    await desk.colleague("Priya", "Raman", ["manage_access", "manage_users", "assign_cases"]);
    const { router } = await renderOn(desk, "/settings/employer-users");
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    expect(await screen.findByText("This person’s profile is private.")).toBeDefined();
    expect(document.body.textContent).not.toContain(String(contact.values.email));
    expect(screen.queryByRole("tab", { name: "Contact" })).toBeNull();
    await userEvent.setup().click(screen.getByRole("button", { name: "Change role…" }));
    expect(await screen.findByRole("dialog", { name: "Change the role of 1 employer user" })).toBeDefined();
  });

  it("is deleted with all data once the word is typed", async () => {
    const desk = await openDesk({ contacts: 60 });
    const { user, now } = await account(desk);
    const { router } = await renderOn(desk, "/settings/employer-users");
    await router.navigate({ to: "/settings/employer-users/$id", params: { id: user.id }, search: {} });
    const keys = userEvent.setup();
    await keys.click(await screen.findByRole("button", { name: "Action" }));
    await keys.click(await screen.findByRole("menuitem", { name: /^Delete permanently/ }));
    const dialog = await screen.findByRole("alertdialog", { name: /^Permanently delete / });
    expect(within(dialog).getByText(/Contacts with the same email address stay/)).toBeDefined();
    const act = within(dialog).getByRole("button", { name: "Delete permanently" });
    expect(act).toHaveProperty("disabled", true);
    await keys.type(within(dialog).getByRole("textbox"), "delete{Enter}");
    await waitFor(async () => expect(await now()).toBeNull());
    await waitFor(() => expect(router.state.location.pathname).toBe("/settings/employer-users"));
  });
});
