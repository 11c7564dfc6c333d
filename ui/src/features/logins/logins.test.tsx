import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

describe("a login made by hand", () => {
  it("is for a contact, whose record stays as it is, with the role that was chosen", async () => {
    const desk = await openDesk({ contacts: 20 });
    const id = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example" });
    const { router } = await renderOn(desk, "/contacts");
    await router.navigate({ to: "/contacts/$id", params: { id }, search: {} });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: "Create login…" }));
    const dialog = await screen.findByRole("dialog", { name: "Create a login for Zed Duarte" });
    // Nowhere to choose a password yet, and nothing to send it by.
    await within(dialog).findByText(/No invitation goes out yet/);
    await user.click(await within(dialog).findByRole("button", { name: /Role/ }));
    await user.click(await screen.findByRole("option", { name: "Denied Access Role" }));
    await user.click(within(dialog).getByRole("button", { name: "Add employer user" }));
    await screen.findByText(
      "Zed Duarte now has a login with the role Denied Access Role. No invitation was sent. The portal address isn’t set.",
    );
    const account = async () => (await desk.contact(id)).user;
    expect(await account()).toMatchObject({ access: true, role: "Denied Access Role" });
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(async () => expect(await account()).toBeNull());
  });

  it("sends an invitation to choose a password, and says so until one is chosen", async () => {
    const desk = await openDesk({ contacts: 20 });
    await call(commands.invitationSettingsSet("https://careers.riverton.example", 14));
    const id = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example" });
    const { router } = await renderOn(desk, "/contacts");
    await router.navigate({ to: "/contacts/$id", params: { id }, search: {} });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: "Create login…" }));
    const dialog = await screen.findByRole("dialog", { name: "Create a login for Zed Duarte" });
    await within(dialog).findByText(/They will get an email with a link for choosing a password/);
    await user.click(within(dialog).getByRole("button", { name: "Add employer user" }));
    await screen.findByText(/now has a login with the role Default Access\. Their invitation is in the outbox\./);
    expect((await desk.contact(id)).user).toMatchObject({ access: true, activated: false });
    await screen.findByText("Once they’ve chosen a password");
    // What comes next stands on both pages of the person.
    await screen.findByText(/has a login but hasn’t chosen a password yet/);
    await user.click(screen.getByRole("link", { name: "Open employer user" }));
    await screen.findByText("No password chosen yet");
    expect((await screen.findAllByText("In the outbox")).length).toBeGreaterThan(0);
  });

  it("says that an address is taken, without whose it is, and keeps what was typed", async () => {
    const desk = await openDesk({ contacts: 60 });
    const known = await desk.contact(await desk.find("approved", true));
    await renderOn(desk, "/settings/employer-users");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "New employer user" }));
    const dialog = await screen.findByRole("dialog", { name: "Add employer user" });
    await user.type(await within(dialog).findByRole("textbox", { name: /^First name/ }), "Zed");
    await user.type(within(dialog).getByRole("textbox", { name: /^Last name/ }), "Duarte");
    const email = within(dialog).getByRole("textbox", { name: /^Email/ });
    await user.type(email, String(known.user?.email));
    await user.click(within(dialog).getByRole("button", { name: "Add employer user" }));
    await waitFor(() => expect(email.getAttribute("aria-invalid")).toBe("true"));
    expect(within(dialog).getByRole<HTMLInputElement>("textbox", { name: /^First name/ }).value).toBe("Zed");
    expect(document.body.textContent).not.toContain(`by ${known.name}`);
  });
});
