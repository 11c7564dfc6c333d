import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, progressChannel } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { press } from "~/testing/press.ts";

const silent = () => progressChannel(() => {});

async function opened(q: string, count: number) {
  const user = userEvent.setup();
  await waitFor(() => expect(document.querySelectorAll("[data-pinned][role=gridcell]").length).toBe(count));
  await user.keyboard("xjxjx");
  await screen.findByText(`${count} selected`);
  await user.click(screen.getByRole("button", { name: "Change fields…" }));
  const dialog = await screen.findByRole("dialog", { name: `Change ${count} contacts` });
  const choose = async (at: number, field: RegExp) => {
    const rows = within(dialog).getAllByRole("group", { name: /^Change \d/ });
    await user.click(within(rows[at] as HTMLElement).getByRole("button", { name: /Field/ }));
    await user.click(await screen.findByRole("option", { name: field }));
    return within(rows[at] as HTMLElement);
  };
  return { user, dialog, choose, q };
}

describe("several fields at once", () => {
  it("change in one step, each said with how many change, and are undone together", async () => {
    const desk = await openDesk({ contacts: 20 });
    const zed = (n: number, city?: string) =>
      desk.add({ first_name: `Zed${n}`, last_name: "Duarte", email: `zed${n}@x.example`, ...(city && { city }) });
    const ids = [await zed(1, "Bonn"), await zed(2), await zed(3)];
    await renderOn(desk, "/contacts?q=zed");
    const { user, dialog, choose } = await opened("zed", 3);
    const first = await choose(0, /^City/);
    await user.type(await first.findByRole("textbox", { name: "New value" }), "Bonn");
    await user.click(within(dialog).getByRole("button", { name: "Add another field" }));
    const second = await choose(1, /^Visibility/);
    // A field is chosen once, and the act waits for the value.
    expect(
      (within(dialog).getByRole("button", { name: /^Change 2 contacts$|^Change$/ }) as HTMLButtonElement).disabled,
    ).toBe(true);
    await user.click(second.getByRole("button", { name: /New value/ }));
    await user.click(await screen.findByRole("option", { name: "Myself" }));
    const said = await within(dialog).findByRole("list", { name: "Changes by field" });
    await waitFor(() => expect(said.textContent).toContain("City: 2 will change. 1 needs no change."));
    expect(said.textContent).toContain("Visibility: 3 will change.");
    await press(user, () => within(dialog).getByRole("button", { name: "Change 3 contacts" }));
    await screen.findByText("3 contacts changed.");
    const cities = async () =>
      await Promise.all(
        ids.map(async (id) => {
          const record = await call(commands.recordGet("contact", id));
          return `${record.values.city ?? ""} ${record.values.visibility}`;
        }),
      );
    expect(await cities()).toEqual(["Bonn myself", "Bonn myself", "Bonn myself"]);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await waitFor(async () => expect((await cities())[1]).not.toContain("Bonn"));
    expect((await cities())[0]).not.toContain("myself");
    await screen.findByText("Undone. The changes to 3 contacts are gone.");
  });

  it("thaw a rejected contact that is approved with them, and say that without it none changes", async () => {
    const desk = await openDesk({ contacts: 20 });
    const id = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example" });
    await call(commands.contactsReview({ by: "ids", ids: [id] }, { action: "reject" }, silent()));
    const filter = encodeURIComponent(JSON.stringify([{ field: "approval", op: "is", values: ["rejected"] }]));
    await renderOn(desk, `/contacts?q=zed&filter=${filter}`);
    const user = userEvent.setup();
    await waitFor(() => expect(document.querySelectorAll("[data-pinned][role=gridcell]").length).toBe(1));
    await user.keyboard("x");
    await user.click(await screen.findByRole("button", { name: "Change fields…" }));
    const dialog = await screen.findByRole("dialog", { name: "Change Zed Duarte" });
    await user.click(within(dialog).getByRole("button", { name: /Field/ }));
    await user.click(await screen.findByRole("option", { name: /^City/ }));
    await user.type(await within(dialog).findByRole("textbox", { name: "New value" }), "Bonn");
    await within(dialog).findByText(/frozen until the contact is approved again/);
    await user.click(within(dialog).getByRole("button", { name: "Add another field" }));
    const rows = within(dialog).getAllByRole("group", { name: /^Change \d/ });
    await user.click(within(rows[1] as HTMLElement).getByRole("button", { name: /Field/ }));
    await user.click(await screen.findByRole("option", { name: /^Approval Status/ }));
    await press(user, () => within(dialog).getByRole("button", { name: "Change 1 contact" }));
    await screen.findByText("Zed Duarte changed.");
    const record = await call(commands.recordGet("contact", id));
    expect([record.values.city, record.values.approval]).toEqual(["Bonn", "approved"]);
  });
});
