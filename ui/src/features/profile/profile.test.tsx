import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

const options = { contacts: 200 };

/** Opens the profile of a contact that is like this. */
async function openProfile(approval: string, hasUser = false) {
  const desk = await openDesk(options);
  return openPage(desk, await desk.find(approval, hasUser));
}

/** Opens the profile of a contact that somebody just added. */
async function openAdded() {
  const desk = await openDesk();
  return openPage(desk, await desk.add({ first_name: "Ana", last_name: "Duarte", email: "ana@duarte.example" }));
}

async function openPage(desk: Desk, id: string) {
  const app = await renderOn(desk, "/contacts");
  await app.router.navigate({ to: `/contacts/${id}` });
  await screen.findByRole("tab", { name: "Profile" });
  const contact = await desk.contact(id);
  const now = () => desk.contact(id);
  return { ...app, contact, now, user: userEvent.setup() };
}

describe("the profile", () => {
  it("shows Employer Account Information only for a contact that is a user", async () => {
    const { unmount } = await openProfile("approved", true);
    expect(screen.getByRole("heading", { name: "Employer Account Information" })).toBeDefined();
    unmount();
    await openProfile("approved", false);
    expect(screen.queryByRole("heading", { name: "Employer Account Information" })).toBeNull();
  });

  it("rejects after the button Reject, and says that access stays", async () => {
    const { contact, now, user } = await openProfile("approved", true);
    expect(contact.user?.access).toBe(true);
    await user.click(screen.getByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: /^Reject R$|^Reject$/ }));
    const dialog = await screen.findByRole("alertdialog", { name: /^Reject/ });
    await waitFor(() => expect(within(dialog).getByText(/will be rejected and leave the directory/)).toBeDefined());
    expect(within(dialog).getByText(/can still log in/)).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Reject" }));
    await waitFor(async () => expect((await now()).values.approval).toBe("rejected"));
    expect((await now()).user?.access).toBe(true);
  });

  it("explains frozen data and does not offer to edit it", async () => {
    await openProfile("rejected");
    expect(screen.getByText(/its data is frozen/)).toBeDefined();
    expect(screen.getByRole("button", { name: "Edit" })).toHaveProperty("disabled", true);
  });

  it("says once why several actions are off", async () => {
    const { user } = await openProfile("rejected");
    await user.click(screen.getByRole("button", { name: "Action" }));
    const menu = await screen.findByRole("menu", { name: "Action" });
    expect(screen.getAllByText(/^This contact is rejected, so the data is frozen\./)).toHaveLength(1);
    for (const name of [/^Edit/, /^Merge/]) {
      const item = within(menu).getByRole("menuitem", { name });
      expect(item.getAttribute("aria-disabled")).toBe("true");
    }
  });

  it("offers writing first and what takes the contact away last", async () => {
    const { user } = await openProfile("approved");
    await user.click(screen.getByRole("button", { name: "Action" }));
    const menu = await screen.findByRole("menu", { name: "Action" });
    const items = within(menu)
      .getAllByRole("menuitem")
      .map((item) => item.getAttribute("data-key"));
    const place = (key: string) => items.indexOf(key);
    expect(place("write_email")).toBeLessThan(place("edit"));
    expect(place("edit")).toBeLessThan(place("merge"));
    expect(items.slice(-3)).toEqual(["reject", "reject_and_revoke", "delete"]);
    expect(within(menu).getAllByRole("separator").length).toBeLessThan(5);
  });

  it("keeps the tab and the open audit log in the address", async () => {
    const { router, user } = await openAdded();
    await user.click(screen.getByRole("tab", { name: /^Notes/ }));
    expect(router.state.location.search).toEqual({ tab: "notes" });
    await user.keyboard("l");
    await waitFor(() => expect(router.state.location.search).toEqual({ tab: "notes", audit: true }));
    expect(await screen.findByText("Contact added")).toBeDefined();
  });

  it("writes, deletes and restores a note", async () => {
    const { now, user } = await openAdded();
    await user.keyboard("n");
    const field = await screen.findByLabelText("Write a note");
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.type(field, "Wants two interns");
    await user.click(screen.getByRole("button", { name: "Add note" }));
    expect(await screen.findByText("Wants two interns")).toBeDefined();
    await user.click(await screen.findByRole("button", { name: "Delete note" }));
    await waitFor(() => expect(screen.queryByText("Wants two interns")).toBeNull());
    await screen.findByText("Note deleted.");
    (document.activeElement as HTMLElement | null)?.blur();
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("Wants two interns")).toBeDefined();
    expect((await now()).counts.notes).toBeGreaterThan(0);
  });
});

describe("editing", () => {
  const openForm = async () => {
    const opened = await openProfile("approved");
    await opened.user.keyboard("e");
    const dialog = await screen.findByRole("dialog", { name: /^Edit / });
    return { ...opened, dialog };
  };

  it("sends only what was changed", async () => {
    const { desk, contact, now, dialog, user } = await openForm();
    const title = within(dialog).getByLabelText("Job title");
    await user.clear(title);
    await user.type(title, "Chief of fairs");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(async () => expect((await now()).values.title).toBe("Chief of fairs"));
    expect(await desk.changed("contact", contact.id)).toEqual(["title"]);
  });

  it("asks before it is left with something typed, not otherwise", async () => {
    const { contact, now, dialog, user } = await openForm();
    const before = contact.values.title;
    await user.type(within(dialog).getByLabelText("Job title"), " of fairs");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    const question = await screen.findByRole("alertdialog", { name: "Leave without saving?" });
    await user.click(within(question).getByRole("button", { name: "Keep editing" }));
    expect(within(dialog).getByLabelText("Job title")).toHaveProperty("value", `${before} of fairs`);
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await user.click(
      within(await screen.findByRole("alertdialog", { name: "Leave without saving?" })).getByRole("button", {
        name: "Leave without saving",
      }),
    );
    await waitFor(() => expect(screen.queryByRole("dialog", { name: /^Edit / })).toBeNull());
    expect((await now()).values.title).toBe(before);
    await user.keyboard("e");
    await user.click(
      within(await screen.findByRole("dialog", { name: /^Edit / })).getByRole("button", { name: "Cancel" }),
    );
    await waitFor(() => expect(screen.queryByRole("dialog", { name: /^Edit / })).toBeNull());
  });

  it("shows three values where somebody was faster, and loses none", async () => {
    const { desk, contact, now, dialog, user } = await openForm();
    const before = String(contact.values.title);
    const title = within(dialog).getByLabelText("Job title");
    await user.clear(title);
    await user.type(title, "Mine");
    const city = within(dialog).getByLabelText("City");
    await user.clear(city);
    await user.type(city, "Porto Alegre");
    await desk.change(contact.id, "title", "Theirs");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    const alert = await within(dialog).findByRole("alert");
    for (const value of [before, "Mine", "Theirs"]) expect(within(alert).getByText(value)).toBeDefined();
    await user.click(within(alert).getByRole("button", { name: "Keep mine" }));
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(async () => expect((await now()).values.title).toBe("Mine"));
    expect((await now()).values.city).toBe("Porto Alegre");
  });
});

it("says it where a contact is gone", async () => {
  await renderDesk("/contacts/0198c0de-0000-7000-8000-000000000001");
  expect(await screen.findByText(/This was deleted or isn’t available to you/)).toBeDefined();
});
