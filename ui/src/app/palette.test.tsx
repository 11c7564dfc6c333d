import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { renderApp } from "~/testing/app.tsx";

async function pendingName(): Promise<string> {
  const filter = [{ field: "approval", op: "is" as const, values: ["pending"] }];
  const opened = await call(commands.listOpen({ kind: "contact", search: "", filter, sort: [] }));
  const { rows } = await call(commands.listWindow(opened.result, 0, 1, []));
  return rows[0]?.name ?? "";
}

describe("the search for anything", () => {
  it("finds somebody who is not in the directory, and says so", async () => {
    await renderApp("/employers", { contacts: 200, pending: 20 });
    const name = await pendingName();
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: /^Search or jump to/ }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByLabelText("Search or jump to…", { selector: "input" }), name);
    const found = await dialog.findByRole("menuitem", { name: new RegExp(name) });
    expect(within(found).getByText("Pending")).toBeDefined();
  });
});
