import { readFileSync } from "node:fs";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { press } from "~/testing/press.ts";

/** The dialog over a list of two people, one of them with letters that few encodings have. */
async function opened() {
  const desk = await openDesk();
  await desk.add({
    first_name: "Ann",
    last_name: "Lee",
    email: "ann@x.example",
    work_phone: "+49 7541 5900",
    city: "Austin",
    region: "Texas",
    country: "United States",
    pronouns: "she/her",
  });
  await desk.add({ first_name: "Őry", last_name: "山", email: "ory@x.example" });
  await renderOn(desk, "/contacts");
  const user = userEvent.setup();
  await waitFor(() => expect(document.querySelectorAll("[data-pinned][role=gridcell]").length).toBe(2));
  await user.keyboard("{Control>}e{/Control}");
  const dialog = within(await screen.findByRole("dialog", { name: "Export" }));
  const choose = async (name: RegExp) => {
    await user.click(dialog.getByRole("button", { name: /Export for/ }));
    await user.click(await screen.findByRole("option", { name }));
  };
  const save = (path: string) => {
    const file = desk.chooses(path);
    return press(user, () => dialog.getByRole("button", { name: "Choose where to save…" })).then(() => file);
  };
  return { dialog, choose, save };
}

describe("an export for a program", () => {
  it("says what the program can’t hold", async () => {
    const { dialog, choose } = await opened();
    dialog.getByText(
      "“Do not email” is in the file only if it’s a column of this list. Anyone who uses the file has to honor it.",
    );
    expect(dialog.getByRole("button", { name: /Columns/ })).toBeTruthy();
    await choose(/^Google Contacts/);
    dialog.getByText(
      "Not included: Pronouns, custom attributes, and fields about the record, such as source or approval status.",
    );
    dialog.getByText("“Do not email” isn’t in the file. Tell anyone who uses it whom not to email.");
    expect(dialog.queryByRole("button", { name: /Columns/ })).toBeNull();
    await choose(/vCard 4/);
    dialog.getByText("Not included: custom attributes and fields about the record, such as source or approval status.");
    await choose(/^Handshake/);
    dialog.getByText(/^Included: First name, Last name, .*City, .*\. Nothing else has a place there\.$/);
  });

  it("writes its columns", async () => {
    const { choose, save } = await opened();
    await choose(/^Handshake/);
    const file = await save("handshake.csv");
    await screen.findByText(/^2 contacts exported to .*handshake\.csv\.$/);
    const lines = readFileSync(file, "utf8").split("\r\n");
    expect(lines[0]).toBe(
      "email_address,first_name,last_name,title,description,employer_id,employer_name,archive,location_attributes:name,phone,cell_phone,fax",
    );
    expect(lines.slice(1).sort()).toEqual([
      "",
      'ann@x.example,Ann,Lee,,,,,FALSE,"Austin, Texas, United States",+49 7541 5900,,',
      "ory@x.example,Őry,山,,,,,FALSE,,,,",
    ]);
  });

  it("says whose letters Outlook can’t read", async () => {
    const { choose, save } = await opened();
    await choose(/^Outlook for Windows/);
    const file = await save("outlook.csv");
    await screen.findByText(
      /^2 contacts exported to .*outlook\.csv\. 1 contact has letters that Outlook can’t read\.$/,
    );
    expect(readFileSync(file, "latin1")).toContain('"","Ory","","?"');
  });
});
