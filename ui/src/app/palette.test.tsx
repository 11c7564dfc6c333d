import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

describe("the search for anything", () => {
  it("finds somebody who is not in the directory, and says so", async () => {
    const desk = await openDesk({ contacts: 200 });
    // In the sample, people who wait may be employer users or students of the same name, too.
    const name = "Ottoline Quist";
    await desk.importFile("sign-ups.csv", "First name,Last name,E-mail\nOttoline,Quist,oq@sign-ups.example", "queue");
    await renderOn(desk, "/employers");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: /^Search or jump to/ }));
    const dialog = within(await screen.findByRole("dialog"));
    await user.type(await dialog.findByLabelText("Search or jump to…", { selector: "input" }), name);
    const found = await dialog.findByRole("menuitem", { name: new RegExp(name) });
    expect(within(found).getByText("Pending")).toBeDefined();
  });
});
