import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { contactName } from "~/ipc/fake/desk.ts";
import { renderApp } from "~/testing/app.tsx";

/** Two approved contacts with different titles, on the desk in memory. */
async function two() {
  const app = await renderApp("/contacts", { contacts: 40, pending: 0 });
  const [first, second] = app.desk.contacts.filter(({ values }) => values.approval === "approved");
  if (!first || !second) throw new Error("two contacts");
  first.values.title = "Recruiter";
  second.values.title = "Head of early careers";
  return { ...app, first, second, user: userEvent.setup() };
}

describe("the merge dialog", () => {
  it("merges with whom one names, keeps the values one clicks, and says what will happen", async () => {
    const { user, router, desk, first, second } = await two();
    await router.navigate({ to: "/contacts/$id", params: { id: first.id }, search: {} });
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: /Merge…/ }));
    const dialog = await screen.findByRole("dialog", { name: "Merge contacts" });
    expect(within(dialog).getByText("Choose the contact to merge with.")).toBeDefined();
    const merge = () => within(dialog).getByRole("button", { name: /^Merge( \d+)?$/, hidden: true });
    expect(merge()).toHaveProperty("disabled", true);
    await user.type(within(dialog).getByRole("combobox", { name: "Add another contact" }), contactName(second));
    await user.click((await screen.findAllByRole("option", { name: contactName(second) }))[0] as HTMLElement);
    const named = (contact: typeof first) => `${contactName(contact)}: ${contact.values.title}`;
    const title = (contact: typeof first) => screen.findByRole("radio", { name: `Job title of ${named(contact)}` });
    expect(await title(first)).toHaveProperty("checked", true);
    await user.click(await title(second));
    await waitFor(async () => expect(await title(second)).toHaveProperty("checked", true));
    expect(within(dialog).getByText(new RegExp(`^${contactName(first)} stays\\.`))).toBeDefined();
    expect(within(dialog).getByText(/This moves to .*: 2 notes\./)).toBeDefined();

    // The other one stays instead: the sentences follow, the choice is kept.
    await user.click(within(dialog).getByRole("radio", { name: `Stays: ${contactName(second)}` }));
    expect(await within(dialog).findByText(new RegExp(`^${contactName(second)} stays\\.`))).toBeDefined();
    await user.click(within(dialog).getByRole("radio", { name: `Stays: ${contactName(first)}` }));
    await within(dialog).findByText(new RegExp(`^${contactName(first)} stays\\.`));
    await waitFor(() => expect(merge()).toHaveProperty("disabled", false));
    await user.click(merge());
    await screen.findByText(`Merged 2 contacts into ${contactName(first)}.`);
    expect(first.values.title).toBe("Head of early careers");
    expect(desk.contacts).not.toContain(second);
  });

  it("is offered where a delete is refused, beside the other ways", async () => {
    const { user, router, first } = await two();
    await router.navigate({ to: "/contacts/$id", params: { id: first.id }, search: {} });
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: /Delete Contact/ }));
    const refused = await screen.findByRole("alertdialog", { name: "Delete Contact" });
    expect(await within(refused).findByText(/can't be deleted while others are linked/)).toBeDefined();
    expect(within(refused).queryByRole("button", { name: "Delete" })).toBeNull();
    await user.click(await within(refused).findByRole("button", { name: "Merge…" }));
    expect(await screen.findByRole("dialog", { name: "Merge contacts" })).toBeDefined();
    await waitFor(() => expect(screen.queryByRole("alertdialog", { name: "Delete Contact" })).toBeNull());
  });
});
