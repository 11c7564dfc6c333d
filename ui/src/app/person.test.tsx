import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { PASSCODE } from "~/ipc/testing/program.ts";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

const openMenu = async () => {
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: /^Logged in as/ }));
  return user;
};

describe("the person in the top bar", () => {
  it("locks the desk, and whoever unlocks it finds it open", async () => {
    await renderDesk("/contacts", { contacts: 20 });
    const user = await openMenu();
    await user.click(await screen.findByRole("menuitem", { name: /Lock/ }));
    const field = await screen.findByLabelText("Passcode or recovery key");
    expect(screen.queryByRole("grid")).toBeNull();
    await user.type(field, `${PASSCODE}{Enter}`);
    expect(await screen.findByRole("grid")).toBeDefined();
  });

  it("hands over to a colleague who is chosen by name, with no other passcode than theirs", async () => {
    const desk = await openDesk({ contacts: 20 });
    const bob = await call(
      commands.staffCreate(
        { first_name: "Bob", last_name: "Low", email: "bob@riverton.example" },
        { by: "built_in", role: "advisor" },
      ),
    );
    await call(commands.staffPasscode(bob.id, "four kites above water", PASSCODE));
    await call(
      commands.staffCreate(
        { first_name: "Una", last_name: "Gray", email: "una@riverton.example" },
        { by: "built_in", role: "advisor" },
      ),
    );
    await renderOn(desk, "/contacts");
    const user = await openMenu();
    await user.click(await screen.findByRole("menuitem", { name: /Switch person/ }));
    const people = within(await screen.findByRole("list", { name: "People with a passcode on this computer" }));
    expect(people.queryByText("Una Gray")).toBeNull();
    await user.click(people.getByRole("button", { name: /Bob Low/ }));
    const field = await screen.findByLabelText("Passcode");
    expect(screen.getByRole("button", { name: "Cancel" })).toBeDefined();
    // A colleague’s passcode does not open Liaison in Bob’s name.
    await user.type(field, `${PASSCODE}{Enter}`);
    expect(await screen.findByText(/That’s not Bob Low’s passcode/)).toBeDefined();
    await user.clear(field);
    await user.type(field, "four kites above water{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByRole("button", { name: /^Logged in as Bob Low,/ })).toBeDefined();
  });

  it("shows name, role and email, and leads to one’s own profile", async () => {
    await renderDesk("/contacts", { contacts: 3 });
    const user = await openMenu();
    expect(await screen.findByText("morgan.ellery@riverton.example")).toBeDefined();
    await user.click(screen.getByRole("menuitem", { name: "My profile…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "My profile" }));
    const name = dialog.getByRole("textbox", { name: /Last name/ });
    await user.clear(name);
    await user.type(name, "Eller");
    await user.click(dialog.getByRole("button", { name: "Save" }));
    expect(await screen.findByRole("button", { name: /^Logged in as Morgan Eller,/ })).toBeDefined();
  });
});
