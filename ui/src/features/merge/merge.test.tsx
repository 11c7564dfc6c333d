import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

/** Two contacts with different titles; the other one has two notes, and the first interviews somebody. */
async function two() {
  const desk = await openDesk({ contacts: 40 });
  const add = (first_name: string, last_name: string, title: string) =>
    desk.add({ first_name, last_name, title, email: `${first_name}@two.example` });
  const first = await desk.contact(await add("Ana", "Duarte", "Recruiter"));
  const second = await desk.contact(await add("Bela", "Duarte", "Head of early careers"));
  for (const text of ["Called about the fair.", "Wants two interns."]) await call(commands.noteAdd(second.id, text));
  const employer = (await call(commands.employerCreate({ name: "Atlas Energy" }))).id;
  await call(
    commands.activityCreate("experience", { employer, student: "Cy Dow", title: "Working student" }, [
      { place: "supervisor", contact: first.id, person: {} },
    ]),
  );
  return { ...(await renderOn(desk, "/contacts")), first, second, user: userEvent.setup() };
}

describe("the merge dialog", () => {
  it("merges with whom one names, keeps the values one clicks, and says what will happen", async () => {
    const { user, router, desk, first, second } = await two();
    await router.navigate({ to: "/contacts/$id", params: { id: first.id }, search: {} });
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: /Merge…/ }));
    const dialog = await screen.findByRole("dialog", { name: "Merge contacts" });
    expect(within(dialog).getByText("Choose a contact to merge with.")).toBeDefined();
    const merge = () => within(dialog).getByRole("button", { name: /^Merge( \d+)?$/, hidden: true });
    expect(merge()).toHaveProperty("disabled", true);
    await user.type(within(dialog).getByRole("combobox", { name: "Add another contact" }), second.name);
    await user.click((await screen.findAllByRole("option", { name: new RegExp(`^${second.name}`) }))[0] as HTMLElement);
    const named = (contact: typeof first) => `${contact.name}: ${contact.values.title}`;
    const title = (contact: typeof first) => screen.findByRole("radio", { name: `Job title of ${named(contact)}` });
    expect(await title(first)).toHaveProperty("checked", true);
    await user.click(await title(second));
    await waitFor(async () => expect(await title(second)).toHaveProperty("checked", true));
    expect(within(dialog).getByText(new RegExp(`^${first.name} will stay\\.`))).toBeDefined();
    expect(within(dialog).getByText(/will also get: 2 notes\./)).toBeDefined();

    // The other one stays instead: the sentences follow, the choice is kept.
    await user.click(within(dialog).getByRole("radio", { name: `Keep: ${second.name}` }));
    expect(await within(dialog).findByText(new RegExp(`^${second.name} will stay\\.`))).toBeDefined();
    await user.click(within(dialog).getByRole("radio", { name: `Keep: ${first.name}` }));
    await within(dialog).findByText(new RegExp(`^${first.name} will stay\\.`));
    await waitFor(() => expect(merge()).toHaveProperty("disabled", false));
    await user.click(merge());
    await screen.findByText(`2 contacts merged into ${first.name}.`);
    expect((await desk.contact(first.id)).values.title).toBe("Head of early careers");
    expect((await desk.rows("contact")).map(({ id }) => id)).not.toContain(second.id);
  });

  it("is offered where a delete is refused, beside the other ways", async () => {
    const { user, router, first } = await two();
    await router.navigate({ to: "/contacts/$id", params: { id: first.id }, search: {} });
    await user.click(await screen.findByRole("button", { name: "Action" }));
    await user.click(await screen.findByRole("menuitem", { name: /Delete Contact/ }));
    const refused = await screen.findByRole("alertdialog", { name: "Delete Contact" });
    expect(await within(refused).findByText(/while these records are linked/)).toBeDefined();
    expect(within(refused).queryByRole("button", { name: "Delete" })).toBeNull();
    await user.click(await within(refused).findByRole("button", { name: "Merge…" }));
    expect(await screen.findByRole("dialog", { name: "Merge contacts" })).toBeDefined();
    await waitFor(() => expect(screen.queryByRole("alertdialog", { name: "Delete Contact" })).toBeNull());
  });
});
