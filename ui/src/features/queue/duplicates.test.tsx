import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Condition, call, commands } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";

const PENDING: Condition = { field: "approval", op: "is", values: ["pending"] };

/** A pending contact who is in the directory already, at another address and with another job title. */
async function addTwin(desk: Desk, at: number) {
  const row = (await desk.rows("contact", [PENDING]))[at];
  if (!row) throw new Error("somebody is pending");
  const { values } = await desk.contact(row.id);
  const { first_name, last_name, employer, work_phone, mobile_phone, city, postal_code } = values;
  const phone = work_phone ?? mobile_phone ?? "+1 212 555 0177";
  await call(
    commands.contactEdit(row.id, [
      { field: "title", before: values.title ?? null, after: "Nurse Manager" },
      { field: "mobile_phone", before: mobile_phone ?? null, after: phone },
    ]),
  );
  const same = { first_name, last_name, employer, city, postal_code, mobile_phone: phone };
  const twin = await desk.add({
    ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined && value !== null)),
    email: "twin@elsewhere.example",
    title: "Early Careers Program Manager",
  } as Record<string, string>);
  return { row, twin };
}

async function openQueue() {
  const desk = await openDesk({ contacts: 300, pending: 9 });
  const { row, twin } = await addTwin(desk, 5);
  const app = await renderOn(desk, "/notifications/contacts");
  const grid = await screen.findByRole("grid", { name: "Pending Contacts" });
  const mark = () => within(grid).findByRole("img", { name: new RegExp(`^\\d+% match with ${row.name}`) });
  return { ...app, desk, row, twin, grid, mark, user: userEvent.setup() };
}

const names = (grid: HTMLElement) => [...grid.querySelectorAll("[data-name]")].map((name) => name.textContent);

describe("who may be a duplicate", () => {
  it("is marked in the row, with the probability that stands beside it", async () => {
    const { grid, row, mark, user } = await openQueue();
    const shown = await mark();
    expect(shown.closest("[role=row]")?.textContent).toContain(row.name);
    const percent = shown.textContent;
    expect(percent).toMatch(/^\d\d%$/);
    await user.click(shown);
    const person = await screen.findByRole("complementary", { name: `Pending: ${row.name}` });
    expect(await within(person).findByText(`${percent} match`)).toBeDefined();
    expect(names(grid)).toHaveLength(9);
  });

  it("stands side by side with what agrees and what differs", async () => {
    const { mark, user } = await openQueue();
    await user.click(await mark());
    const title = await screen.findByRole("rowheader", { name: /Different Job title/ });
    const cells = [...(title.parentElement?.querySelectorAll("td") ?? [])].map((cell) => cell.textContent);
    expect(cells).toEqual(["Nurse Manager", "Early Careers Program Manager"]);
    const email = screen.getByRole("rowheader", { name: /Email/ }).parentElement;
    expect(email?.textContent).toContain("twin@elsewhere.example");
    const phone = screen.getByRole("rowheader", { name: /^Same .*phone/ }).parentElement;
    expect(phone?.querySelectorAll("mark")).toHaveLength(2);
  });

  it("can be all that is shown, and come first", async () => {
    const { desk, grid, row, router, mark, user } = await openQueue();
    await mark();
    const likely = (await call(commands.queueLikenesses())).length;
    expect(likely).toBeLessThan(9);
    const filter = screen.getByRole("button", { name: `Possible duplicates ${likely}` });
    await user.click(filter);
    await waitFor(() => expect(names(grid)).toHaveLength(likely));
    expect(names(grid)).toContain(row.name);
    expect(router.state.location.search.filter).toHaveLength(1);
    await user.click(filter);
    await waitFor(() => expect(names(grid)).toHaveLength(9));
    await user.click(screen.getByRole("button", { name: "Sort" }));
    await user.click(await screen.findByRole("menuitemradio", { name: "Possible duplicates first" }));
    const [first] = (await call(commands.queueLikenesses())).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
    const likeliest = (await desk.contact(first?.id ?? "")).name;
    await waitFor(() => expect(names(grid)[0]).toBe(likeliest));
  });

  it("goes once they were told apart", async () => {
    const { grid, row, twin, mark } = await openQueue();
    await mark();
    await call(commands.contactsKeepApart([row.id, twin]));
    await waitFor(() =>
      expect(within(grid).queryByRole("img", { name: new RegExp(`match with ${row.name}$`) })).toBeNull(),
    );
  });
});

describe("Save and approve", () => {
  it("edits and approves in one step, which is undone in one", async () => {
    const { desk, row, mark, user } = await openQueue();
    await user.click(await mark());
    await user.keyboard("e");
    const dialog = await screen.findByRole("dialog", { name: /^Edit/ });
    const title = within(dialog).getByLabelText("Job title");
    await user.clear(title);
    await user.type(title, "Head Nurse");
    await user.keyboard("{Control>}{Shift>}{Enter}{/Shift}{/Control}");
    expect(await screen.findByText(`${row.name} saved and approved.`)).toBeDefined();
    const now = () => desk.contact(row.id);
    expect([(await now()).values.title, (await now()).values.approval]).toEqual(["Head Nurse", "approved"]);
    await waitFor(() => expect(screen.getByText("8 left")).toBeDefined());
    await user.keyboard("u");
    expect(await screen.findByText(`Undone. ${row.name} is pending again, and the edits are undone.`)).toBeDefined();
    expect([(await now()).values.title, (await now()).values.approval]).toEqual(["Nurse Manager", "pending"]);
    // The keyboard is on who came back.
    expect(await screen.findByRole("complementary", { name: `Pending: ${row.name}` })).toBeDefined();
  });

  it("approves nobody where the form is refused", async () => {
    const { desk, mark, user } = await openQueue();
    await user.click(await mark());
    await user.keyboard("e");
    const dialog = await screen.findByRole("dialog", { name: /^Edit/ });
    await user.clear(within(dialog).getByLabelText(/^Email/));
    await user.click(within(dialog).getByRole("button", { name: "Save and approve" }));
    await waitFor(() => expect(dialog.querySelector("[aria-invalid=true], [data-invalid]")).not.toBeNull());
    expect(await desk.pending()).toBe(9);
  });
});

describe("keys of one contact", () => {
  it("are off while some are selected", async () => {
    const { grid, user } = await openQueue();
    grid.focus();
    await user.keyboard("x");
    await screen.findByText("1 selected");
    await user.keyboard("emn");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(grid);
  });
});
