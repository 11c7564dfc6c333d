import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { renderDesk } from "~/testing/desk.tsx";

it("a new attribute asks for its type first, and says that it is final before the button is pressed", async () => {
  await renderDesk("/settings/fields");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "New attribute" }));
  const dialog = await screen.findByRole("dialog", { name: "New attribute" });
  const types = within(dialog).getAllByRole<HTMLInputElement>("radio");
  expect(types.some((radio) => radio.checked)).toBe(false);
  const before = (await call(commands.attributesList())).length;
  // In passing nothing is defined: the type is missing.
  await user.type(within(dialog).getByLabelText(/^Name/), "Class year");
  await user.click(within(dialog).getByRole("button", { name: "Add attribute" }));
  await waitFor(() => expect(within(dialog).getByRole("radiogroup").getAttribute("aria-invalid")).toBe("true"));
  expect((await call(commands.attributesList())).length).toBe(before);
  await user.click(within(dialog).getByRole("radio", { name: /^Number/ }));
  expect(within(dialog).getByText("The type Number can’t be changed later.")).toBeDefined();
  await user.click(within(dialog).getByRole("button", { name: "Add attribute" }));
  await waitFor(async () => {
    const made = (await call(commands.attributesList())).find(({ name }) => name === "Class year");
    expect(made?.value_type).toBe("number");
  });
});
