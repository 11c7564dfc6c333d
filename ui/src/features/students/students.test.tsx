import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, progressChannel } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";

const silent = () => progressChannel(() => {});

async function student(first: string): Promise<string> {
  const email = `${first.toLowerCase()}@campus.example`;
  return (await call(commands.studentCreate({ first_name: first, last_name: "Holiday", email }))).id;
}

async function colleague(first: string): Promise<string> {
  const email = `${first.toLowerCase()}@northfield.example`;
  const values = { first_name: first, last_name: "Moss", email };
  return (await call(commands.staffCreate(values, { by: "built_in", role: "advisor" }))).id;
}

const assigned = async (desk: Desk, id: string) => {
  const panel = await call(commands.studentGet(id));
  expect(desk).toBeDefined();
  return panel.assigned_to?.name ?? null;
};

describe("the page of a student", () => {
  it("has notes, tasks and meetings, and adds them", async () => {
    const desk = await openDesk();
    const noelle = await student("Noelle");
    await renderOn(desk, `/students/${noelle}`);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("tab", { name: /^Notes/ }));
    await user.type(await screen.findByRole("textbox", { name: /note/i }), "Wants to teach");
    await user.click(screen.getByRole("button", { name: /Add note|Save/ }));
    expect(await screen.findByText("Wants to teach")).toBeDefined();
    await user.click(screen.getByRole("tab", { name: /^Activities/ }));
    await user.click(await screen.findByRole("button", { name: "New task" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("textbox", { name: /^Task/ }), "Send the guide");
    await user.click(within(dialog).getByRole("button", { name: /^Add/ }));
    expect(await screen.findByText("Send the guide")).toBeDefined();
    await waitFor(async () => {
      const { counts } = await call(commands.studentGet(noelle));
      expect([counts.notes, counts.tasks]).toEqual([1, 1]);
    });
  });
});

describe("assigning cases", () => {
  it("says from whom they move, and spreads them evenly among several", async () => {
    const desk = await openDesk();
    const ids = [];
    for (const first of ["Ann", "Ben", "Cleo", "Dov"]) ids.push(await student(first));
    await colleague("Ida");
    const joe = await colleague("Joe");
    await call(commands.studentsAssign({ by: "ids", ids: ids.slice(0, 2) }, joe, silent()));
    await renderOn(desk, "/students");
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid");
    await within(grid).findByText("Ann Holiday");
    grid.focus();
    await user.keyboard("{Control>}a{/Control}");
    await user.click(await screen.findByRole("button", { name: /^Assign a case/ }));
    const dialog = await screen.findByRole("dialog", { name: "Assign 4 users" });
    await user.click(await within(dialog).findByRole("option", { name: /^Ida Moss/ }));
    expect(await within(dialog).findByText("2 of 4 move from Joe Moss.")).toBeDefined();
    expect(within(dialog).getByText(/They get no message about it\.$/)).toBeDefined();
    await user.click(within(dialog).getByRole("checkbox", { name: "Spread evenly among several people" }));
    await user.click(within(dialog).getByRole("option", { name: /^Joe Moss/ }));
    expect(await within(dialog).findByText("Ida Moss: 2 · Joe Moss: 2")).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Assign" }));
    expect(await screen.findByText("4 users spread evenly among 2 people.")).toBeDefined();
    expect(await assigned(desk, ids[0] ?? "")).toBe("Joe Moss");
    expect(await assigned(desk, ids[3] ?? "")).toBe("Ida Moss");
  });
});

describe("groups", () => {
  it("lead to the people in them", async () => {
    const desk = await openDesk();
    const group = (await call(commands.groupCreate({ name: "Law" }))).id;
    const noelle = await student("Noelle");
    await student("Omar");
    await call(
      commands.bulkUpdate(
        "student",
        { by: "ids", ids: [noelle] },
        [{ change: "set", field: "user_group", value: group }],
        silent(),
      ),
    );
    const { router } = await renderOn(desk, "/students/groups");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("link", { name: "Law" }));
    expect(router.state.location.pathname).toBe("/students");
    expect(await screen.findByText("1 user")).toBeDefined();
  });
});
