import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

/** The labels of the fields that are seen, without the search for others. */
const seen = (dialog: HTMLElement) =>
  [...dialog.querySelectorAll<HTMLElement>("[data-field]")].map((field) => field.dataset.field);

async function newContact() {
  const { desk } = await renderDesk("/contacts");
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "New contact" }));
  return { desk, user, dialog: await screen.findByRole("dialog", { name: "New contact" }) };
}

const SIX = ["first_name", "last_name", "email", "employer", "title", "work_phone"];

describe("the form of a contact", () => {
  it("asks six fields; the others are found by name, and by keyboard alone", async () => {
    const { desk, user, dialog } = await newContact();
    expect(seen(dialog)).toEqual(SIX);
    const more = within(dialog).getByRole("button", { name: "More fields" });
    expect(more.getAttribute("aria-expanded")).toBe("false");
    await user.type(within(dialog).getByLabelText(/^First name/), "Ana");
    await user.type(within(dialog).getByLabelText(/^Last name/), "Ruiz");
    await user.type(within(dialog).getByLabelText(/^Email/), "ana@ruiz.example");
    more.focus();
    await user.keyboard("{Enter}");
    const search = within(dialog).getByRole("searchbox", { name: "Find a field" });
    expect(document.activeElement).toBe(search);
    await user.keyboard("linked{Enter}");
    expect(seen(dialog)).toEqual([...SIX, "linkedin"]);
    expect(document.activeElement).toBe(within(dialog).getByLabelText("LinkedIn"));
    await user.keyboard("https://linkedin.com/in/ana");
    // What is typed stays, whatever is looked for next.
    await user.clear(search);
    await user.type(search, "pronouns");
    expect(within(dialog).queryByLabelText("LinkedIn")).toBeNull();
    await user.keyboard("{Control>}{Enter}{/Control}");
    await waitFor(async () => expect(await desk.named("Ana Ruiz")).not.toBe(""));
    const contact = await desk.contact(await desk.named("Ana Ruiz"));
    expect(contact.values.linkedin).toBe("https://linkedin.com/in/ana");
  });

  it("never hides what is wrong", async () => {
    const { user, dialog } = await newContact();
    await user.type(within(dialog).getByLabelText(/^First name/), "Ana");
    await user.type(within(dialog).getByLabelText(/^Last name/), "Ruiz");
    await user.type(within(dialog).getByLabelText(/^Email/), "ana@ruiz.example");
    const more = within(dialog).getByRole("button", { name: "More fields" });
    await user.click(more);
    await user.type(within(dialog).getByRole("searchbox"), "mobile");
    await user.type(within(dialog).getByLabelText("Mobile phone"), "no number");
    await user.click(more);
    expect(seen(dialog)).toEqual(SIX);
    await user.click(within(dialog).getByRole("button", { name: "Add contact" }));
    const phone = await within(dialog).findByLabelText("Mobile phone");
    expect(phone.getAttribute("aria-invalid")).toBe("true");
    await waitFor(() => expect(document.activeElement).toBe(phone));
  });

  it("shows what has a value when it is edited, and the field it was opened for", async () => {
    const desk = await openDesk();
    const id = await desk.add({
      first_name: "Ana",
      last_name: "Ruiz",
      email: "ana@ruiz.example",
      city: "Lyon",
    });
    await renderOn(desk, `/contacts/${id}`);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Add phone" }));
    const dialog = await screen.findByRole("dialog", { name: "Edit Ana Ruiz" });
    expect(seen(dialog).slice(0, 6)).toEqual(SIX);
    expect(seen(dialog)).toContain("city");
    expect(seen(dialog)).not.toContain("street");
    await user.type(within(dialog).getByLabelText("Work phone"), "801 555 0100");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(async () => expect((await desk.contact(id)).values.work_phone).toBe("801 555 0100"));
  });
});

describe("the form of a task", () => {
  it("begins with the task, is assigned to oneself, and knows the next days", async () => {
    const { desk } = await renderDesk("/tasks");
    await desk.add({ first_name: "Ana", last_name: "Ruiz", email: "ana@ruiz.example" });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "New task" }));
    const dialog = await screen.findByRole("dialog", { name: "New task" });
    expect(screen.queryByRole("listbox")).toBeNull();
    expect(dialog.querySelector("[data-field]")?.getAttribute("data-field")).toBe("title");
    // A task is about a contact or a student; about whom, it is asked where neither is named.
    expect(within(dialog).queryByText("When and where")).toBeNull();
    const assignee = within(dialog).getByRole<HTMLInputElement>("combobox", { name: "Assigned to" });
    await waitFor(() => expect(assignee.value).not.toBe(""));
    await user.type(within(dialog).getByLabelText(/^Task/), "Call back");
    const contact = within(dialog).getByRole("combobox", { name: /^Contact/ });
    await user.type(contact, "ruiz");
    await user.click(await screen.findByRole("option", { name: /Ana Ruiz.*ana@ruiz\.example/ }));
    await user.click(within(dialog).getByRole("button", { name: "Tomorrow" }));
    await user.click(within(dialog).getByRole("button", { name: "Add task" }));
    await waitFor(async () => expect(await desk.total("task")).toBe(1));
    const [task] = await desk.rows("task", [], ["due_on"]);
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    const two = (n: number) => String(n).padStart(2, "0");
    const day = `${tomorrow.getFullYear()}-${two(tomorrow.getMonth() + 1)}-${two(tomorrow.getDate())}`;
    expect(JSON.stringify(task)).toContain(day);
    await screen.findByText("Call back");
    expect(document.body.textContent).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });
});
