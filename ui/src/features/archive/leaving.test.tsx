import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { day } from "~/kit/i18n/words.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";

async function someoneWhoLogsIn() {
  const desk = await openDesk({ contacts: 120 });
  const id = await desk.find("approved", true);
  const contact = await desk.contact(id);
  await call(commands.recordCreate("task", { contact: id, title: "Call back" }));
  await renderOn(desk, `/contacts/${id}`);
  await screen.findByRole("button", { name: "Action" });
  return { desk, id, contact, name: contact.name, user: userEvent.setup() };
}

describe("somebody who left", () => {
  it("becomes Inactive and loses access with one key; reviving gives both back with another", async () => {
    const { desk, id, name, contact, user } = await someoneWhoLogsIn();
    await user.keyboard("{Shift>}l{/Shift}");
    const dialog = await screen.findByRole("dialog", { name: `${name} left` });
    await within(dialog).findByText(`${name} will move to Inactive and will no longer be able to log in.`);
    expect(within(dialog).getByText(/open tasks? stays?\./)).toBeDefined();
    expect(dialog.querySelector("details")?.open).toBe(false);
    expect(dialog.textContent).not.toMatch(/\d{4}-\d{2}-\d{2}/);
    const save = within(dialog).getByRole("button", { name: "Save" });
    await waitFor(() => expect(document.activeElement).toBe(save));
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await desk.contact(id)).employer?.name).toBe("Inactive"));
    expect((await desk.contact(id)).user?.access).toBe(false);

    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await screen.findByText("Access off", { exact: false });
    await user.keyboard("{Shift>}v{/Shift}");
    const revive = await screen.findByRole("dialog", { name: `Revive ${name}` });
    await within(revive).findByText(`${name} will return to ${contact.employer?.name}.`);
    await within(revive).findByText(`${name} will be able to log in again.`);
    const act = within(revive).getByRole("button", { name: "Revive" });
    await waitFor(() => expect(document.activeElement).toBe(act));
    await user.keyboard("{Enter}");
    await waitFor(async () => expect((await desk.contact(id)).employer?.name).toBe(contact.employer?.name));
    expect((await desk.contact(id)).user?.access).toBe(true);

    await screen.findByText(`${name} revived.`);
    // An undo says what is true again, never the sentence of the act it undid.
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByText(`Undone. ${name} is archived again.`);
    expect((await desk.contact(id)).employer?.name).toBe("Inactive");
    await user.keyboard("{Control>}z{/Control}");
    await screen.findByText(`Undone. The changes to ${name} are gone.`);
    expect((await desk.contact(id)).user?.access).toBe(true);
  });

  it("left on the day that is said, shown as people write it", async () => {
    const { desk, id, name, contact, user } = await someoneWhoLogsIn();
    await user.keyboard("{Shift>}l{/Shift}");
    const dialog = await screen.findByRole("dialog", { name: `${name} left` });
    const [month] = await within(dialog).findAllByRole("spinbutton");
    month?.focus();
    await user.keyboard("02282020");
    await user.click(within(dialog).getByText(/^Show every change/));
    await within(dialog).findAllByText(day("2020-02-28"));
    expect(dialog.textContent).not.toContain("2020-02-28");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(async () => expect((await desk.contact(id)).employer?.name).toBe("Inactive"));
    const former = await call(commands.formerContacts(contact.employer?.id ?? "", 0, 50));
    expect(former.rows.find((row) => row.id === id)?.left_on).toBe("2020-02-28");
  });
});

describe("somebody who moved", () => {
  it("has the work phone that the preview says: the new employer’s for the old one’s, never for a direct line", async () => {
    const desk = await openDesk();
    const employer = async (name: string, phone: string) => (await call(commands.employerCreate({ name, phone }))).id;
    const acme = await employer("Acme", "801 555 0100");
    const beta = await employer("Beta Labs", "602 555 0111");
    for (const [first_name, work_phone, after] of [
      ["Ana", "801 555 0100", "602 555 0111"],
      ["Bo", "801 555 0100 ext. 7", "801 555 0100 ext. 7"],
    ] as const) {
      const email = `${first_name}@acme.example`;
      const id = await desk.add({ first_name, last_name: "Ruiz", email, employer: acme, work_phone });
      await desk.change(id, "auto_sync", true);
      const { unmount } = await renderOn(desk, `/contacts/${id}`);
      const user = userEvent.setup();
      await screen.findByRole("button", { name: "Action" });
      await user.keyboard("{Shift>}m{/Shift}");
      const dialog = await screen.findByRole("dialog", { name: `${first_name} Ruiz changed jobs` });
      await user.type(within(dialog).getByRole("combobox", { name: /^New employer/ }), "Beta");
      await user.click(await screen.findByRole("option", { name: /^Beta Labs/ }));
      await within(dialog).findByText(`${first_name} Ruiz will move from Acme to Beta Labs.`);
      expect(within(dialog).getByLabelText("Work phone")).toHaveProperty("value", after);
      await user.click(within(dialog).getByRole("button", { name: "Save" }));
      await waitFor(async () => expect((await desk.contact(id)).employer?.id).toBe(beta));
      expect((await desk.contact(id)).values.work_phone).toBe(after);
      unmount();
    }
  });
});
