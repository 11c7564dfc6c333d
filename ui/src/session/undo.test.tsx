import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

async function edited() {
  const desk = await openDesk({ contacts: 20 });
  const id = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example", title: "Clerk" });
  const user = userEvent.setup();
  await renderOn(desk, `/contacts/${id}`);
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: "Edit Zed Duarte" });
  const title = within(dialog).getByLabelText("Job title");
  await user.clear(title);
  await user.type(title, "Stationmaster");
  await user.keyboard("{Control>}{Enter}{/Control}");
  const now = async () => (await desk.contact(id)).values.title;
  await waitFor(async () => expect(await now()).toBe("Stationmaster"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  return { desk, id, user, now };
}

describe("an undo by key", () => {
  it("says what is true again", async () => {
    const { user, now } = await edited();
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("Undone. The changes to Zed Duarte are gone.")).toBeDefined();
    expect(await now()).toBe("Clerk");
  });

  it("says that nothing was undone where somebody changed it since", async () => {
    const { desk, id, user, now } = await edited();
    await desk.change(id, "title", "Registrar");
    await user.keyboard("{Control>}z{/Control}");
    expect(
      await screen.findByText("This can’t be undone as it stands. Open the step in History to see why."),
    ).toBeDefined();
    expect(screen.queryByText(/^Undone/)).toBeNull();
    expect(await now()).toBe("Registrar");
  });
});
