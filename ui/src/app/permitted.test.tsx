import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

async function asAdvisor(path: string) {
  const desk = await openDesk({ contacts: 30 });
  await desk.colleague("Bob", "Low", ["view_contacts", "edit_contacts", "send_mail", "undo"]);
  return renderOn(desk, path);
}

describe("places the role may not open", () => {
  it("are not in the navigation, and those it may are", async () => {
    await asAdvisor("/contacts");
    const navigation = within(await screen.findByRole("navigation", { name: "Main navigation" }));
    for (const open of ["Contacts", "My caseload", "Trash", "Mail"])
      expect(navigation.getAllByRole("link", { name: new RegExp(`^${open}`) }).length, open).toBeGreaterThan(0);
    for (const closed of ["Import", "UI Customization", "Backups", "History and Trash"])
      expect(navigation.queryByRole("link", { name: closed }), closed).toBeNull();
  });

  it("say so where their address is opened, without offering to try again", async () => {
    const { router } = await asAdvisor("/history");
    expect(await screen.findByText(/Your role doesn’t include History/)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
    await userEvent.setup().click(screen.getByRole("button", { name: "Go to Home" }));
    await waitFor(() => expect(router.state.location.pathname).toBe("/"));
  });
});
