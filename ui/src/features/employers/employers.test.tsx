import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { editsOf } from "~/records/fields/edits.ts";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

const named = async (desk: Desk, name: string) => (await desk.rows("employer")).find((row) => row.name === name)?.id;

describe("edits of a form", () => {
  it("are the fields that changed, with what they were", () => {
    const before = { name: "Acme", city: "Lyon", labels: [] };
    expect(editsOf(before, { name: "Acme", city: "Porto", labels: [] })).toEqual([
      { field: "city", before: "Lyon", after: "Porto" },
    ]);
    expect(editsOf(before, { name: "Acme", city: null, labels: ["Partner"] })).toEqual([
      { field: "city", before: "Lyon", after: null },
      { field: "labels", before: null, after: ["Partner"] },
    ]);
  });

  it("take nothing for nothing", () => {
    expect(editsOf({ name: "Acme" }, { name: "Acme", labels: [], city: null, phone: "" })).toEqual([]);
  });
});

describe("employers", () => {
  it("are found as one types, and their page shows their people", async () => {
    const desk = await openDesk({ contacts: 300, pending: 0 });
    const atlas = (await call(commands.employerCreate({ name: "Atlas Energy" }))).id;
    for (const name of ["Ana", "Bela", "Cy"])
      await desk.add({ first_name: name, last_name: "Duarte", email: `${name}@atlas.example`, employer: atlas });
    const employers = await desk.total("employer");
    const { router } = await renderOn(desk, "/employers");
    const user = userEvent.setup();
    await screen.findByText(`${employers} employers`);
    await user.type(screen.getByRole("searchbox", { name: "Search employers" }), "atlas energy");
    await screen.findByText("1 employer");
    const grid = screen.getByRole("grid", { name: "List of employers" });
    await waitFor(() => expect(within(grid).getByText("Atlas Energy")).toBeDefined());
    grid.focus();
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "Atlas Energy" })).toBeDefined();
    expect(router.state.location.pathname).toBe(`/employers/${atlas}`);
    const listed = await desk.total("contact", [
      { field: "employer", op: "is", values: [atlas] },
      { field: "approval", op: "is", values: ["approved"] },
    ]);
    await user.click(screen.getByRole("tab", { name: /^Contacts/ }));
    const people = await screen.findByRole("grid", { name: "Contacts at Atlas Energy" });
    await waitFor(() => expect(people.getAttribute("aria-rowcount")).toBe(String(listed + 1)));
    await user.keyboard("l");
    expect(await screen.findByRole("complementary", { name: "Audit log of Atlas Energy" })).toBeDefined();
  });

  it("are added with what Rust finds wrong at its field", async () => {
    const { desk } = await renderDesk("/employers");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "New employer" }));
    await user.click(await screen.findByRole("button", { name: "Add employer" }));
    expect(await screen.findByText("Enter a name.")).toBeDefined();
    const line = "Check the highlighted fields.";
    expect(screen.getByText(line)).toBeDefined();
    await user.type(screen.getByRole("textbox", { name: /^Name/ }), "Harbor Foundation");
    expect(screen.queryByText(line)).toBeNull();
    await user.click(screen.getByRole("button", { name: "Add employer" }));
    expect(await screen.findByRole("heading", { name: "Harbor Foundation" })).toBeDefined();
    expect(await named(desk, "Harbor Foundation")).toBeDefined();
  });

  it("show three values where somebody was faster", async () => {
    const desk = await openDesk();
    const analytics = (await call(commands.employerCreate({ name: "Atlas Analytics", industry: "Insurance" }))).id;
    const industryNow = async () => (await call(commands.employerGet(analytics))).values.industry;
    await renderOn(desk, "/employers");
    const user = userEvent.setup();
    const grid = await screen.findByRole("grid", { name: "List of employers" });
    await within(grid).findByText("Atlas Analytics");
    grid.focus();
    await user.keyboard("{Enter}");
    await screen.findByRole("heading", { name: "Atlas Analytics" });
    await user.click(screen.getByRole("button", { name: "Edit" }));
    const industry = await screen.findByRole("textbox", { name: "Industry" });
    await call(
      commands.employerEdit(analytics, [
        { field: "industry", before: await industryNow(), after: "Aviation" },
      ] as never),
    );
    await user.clear(industry);
    await user.type(industry, "Research");
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await within(screen.getByRole("dialog")).findByText("Aviation")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Keep mine" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(async () => expect(await industryNow()).toBe("Research"));
  });

  it("say before they are edited who follows and whose number stays, and afterwards who did", async () => {
    const desk = await openDesk();
    const employer = (await call(commands.employerCreate({ name: "Atlas Energy", phone: "801 555 0100" }))).id;
    for (const [first_name, work_phone] of [
      ["Ana", "801 555 0100"],
      ["Bela", ""],
      ["Cy", "801 555 0100 ext. 7"],
    ] as const) {
      const email = `${first_name}@atlas.example`;
      const values = { first_name, last_name: "Duarte", email, employer, work_phone: work_phone || null };
      await desk.change(await desk.add(values), "auto_sync", true);
    }
    await renderOn(desk, `/employers/${employer}`);
    const user = userEvent.setup();
    await screen.findByRole("heading", { name: "Atlas Energy" });
    await user.keyboard("e");
    const dialog = await screen.findByRole("dialog", { name: "Edit Atlas Energy" });
    const phone = within(dialog).getByLabelText("Phone");
    await user.clear(phone);
    await user.type(phone, "801 555 0900");
    // Bela took the number over when AutoSync was turned on for her.
    await within(dialog).findByText("2 contacts follow this change.");
    expect(within(dialog).getByText("1 keeps a number of their own.")).toBeDefined();
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await screen.findByText(/2 contacts updated\. 1 kept a number of their own\./);
    const numbers = (await desk.rows("contact", [], ["work_phone"])).map((row) => JSON.stringify(row));
    expect(numbers.filter((row) => row.includes("801 555 0900"))).toHaveLength(2);
    expect(numbers.filter((row) => row.includes("ext. 7"))).toHaveLength(1);
  });
});
