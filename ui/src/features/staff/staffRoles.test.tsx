import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

describe("the table of staff roles", () => {
  it("compares each role with one of them, and says for whom an edit changes what", async () => {
    const desk = await openDesk();
    const permissions = ["view_contacts", "edit_contacts", "send_mail"];
    const role = await call(commands.staffRoleCreate({ name: "Event team", permissions }));
    const kim = { first_name: "Kim", last_name: "Lee", email: "kim@x.example" };
    await call(commands.staffCreate(kim, { by: "own", role: role.id }));
    await renderOn(desk, "/settings/staff");
    const table = await screen.findByRole("table");
    const heads = within(table).getAllByRole("columnheader");
    const column = heads.findIndex((head) => head.textContent?.startsWith("Event team"));
    const cell = (permission: RegExp) =>
      within(within(table).getByRole("row", { name: permission })).getAllByRole("cell")[column - 1];
    const merge = /^Merge/;
    expect(cell(merge)?.textContent).toContain("No");
    expect(cell(merge)?.hasAttribute("data-differs")).toBe(true);
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: /Compare with/ }));
    await user.click(await screen.findByRole("option", { name: "Event team" }));
    await waitFor(() => expect(cell(merge)?.hasAttribute("data-differs")).toBe(false));

    await user.click(within(table).getByRole("button", { name: "Event team" }));
    const dialog = await screen.findByRole("dialog", { name: "Edit Event team" });
    await user.click(await within(dialog).findByRole("checkbox", { name: "Email contacts and users" }));
    await within(dialog).findByText("1 staff member will no longer be able to:");
    within(dialog).getByText("This changes for Kim Lee.");
    await user.click(within(dialog).getByRole("checkbox", { name: "Email contacts and users" }));
    await waitFor(() => expect(within(dialog).queryByText(/staff member will/)).toBeNull());
  });
});
