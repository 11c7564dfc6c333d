import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

describe("the page of an event", () => {
  it("says who comes, with employer and address, and adds and removes registrations", async () => {
    const desk = await openDesk();
    const acme = (await call(commands.employerCreate({ name: "Acme Labs" }))).id;
    const dana = await desk.add({
      first_name: "Dana",
      last_name: "Reyes",
      email: "dana@acme.example",
      employer: acme,
    });
    const event = (
      await call(commands.recordCreate("event", { title: "Spring talk", type: "event", starts_at: 1_800_000_000_000 }))
    ).id;
    await call(commands.activityEdit("event", event, [], [{ place: "registered", contact: dana, person: {} }], []));
    const { router } = await renderOn(desk, "/events");
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "List of events" });
    await within(grid).findByText("Spring talk");
    grid.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe(`/events/${event}`));
    const row = within(await screen.findByRole("table")).getByRole("row", { name: /Dana Reyes/ });
    expect(row.textContent).toContain("Acme Labs");
    expect(row.textContent).toContain("dana@acme.example");
    await user.click(within(row).getByRole("button", { name: "Remove Dana Reyes" }));
    expect(await screen.findByText("No one has registered yet.")).toBeDefined();
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByRole("row", { name: /Dana Reyes/ })).toBeDefined();
    expect(screen.getByRole("button", { name: /^Edit/ })).toBeDefined();
  });
});
