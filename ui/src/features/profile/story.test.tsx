import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, progressChannel } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";

const everybody = (id: string) => ({ by: "ids" as const, ids: [id] });

/** Ana, a recruiter at Pinecastle Estates. */
async function ana(desk: Desk) {
  const employer = (await call(commands.employerCreate({ name: "Pinecastle Estates" }))).id;
  return desk.add({
    first_name: "Ana",
    last_name: "Duarte",
    email: "ana@pinecastle.example",
    title: "Recruiter",
    employer,
    visibility: "students",
  });
}

async function openAna(tab = "") {
  const desk = await openDesk();
  const id = await ana(desk);
  const app = await renderOn(desk, `/contacts/${id}${tab}`);
  await screen.findByRole("tab", { name: "Profile" });
  return { ...app, id, user: userEvent.setup() };
}

const archive = (id: string, way: "employer" | "attribute") =>
  call(
    commands.contactsArchive(
      everybody(id),
      way,
      progressChannel(() => {}),
    ),
  );

describe("the timeline", () => {
  it("has what happened, newest first, all of it or one kind", async () => {
    const { id, user } = await openAna();
    await call(commands.noteAdd(id, "Wants two interns"));
    await call(commands.contactEdit(id, [{ field: "title", before: "Recruiter", after: "Lead Recruiter" }]));
    await archive(id, "employer");
    await user.click(screen.getByRole("tab", { name: "Timeline" }));
    const timeline = await screen.findByRole("region", { name: "Timeline" });
    await within(timeline).findByText("Wants two interns");
    expect(within(timeline).getByText("Contact added")).toBeDefined();
    expect(within(timeline).getByText("Job title changed")).toBeDefined();
    expect(within(timeline).getByRole("link", { name: "Pinecastle Estates" }).closest("p")?.textContent).toBe(
      "Left Pinecastle Estates, Lead Recruiter",
    );
    await waitFor(() => {
      const all = within(timeline).getAllByRole("listitem").length;
      expect(within(timeline).getByRole("radio", { name: `All ${all}` })).toBeDefined();
    });
    await user.click(within(timeline).getByRole("radio", { name: "Notes 1" }));
    await waitFor(() => expect(within(timeline).getAllByRole("listitem").length).toBe(1));
    expect(within(timeline).getByText("Wants two interns")).toBeDefined();
  });

  it("mutes the tabs that are empty", async () => {
    const { id } = await openAna();
    const tab = (name: RegExp) => screen.getByRole("tab", { name });
    expect(tab(/^Notes/).hasAttribute("data-empty")).toBe(true);
    expect(tab(/^Timeline/).hasAttribute("data-empty")).toBe(false);
    await call(commands.noteAdd(id, "Wants two interns"));
    await waitFor(() => expect(tab(/^Notes/).hasAttribute("data-empty")).toBe(false));
  });
});

describe("a note that was begun", () => {
  it("is there again after its page was left, says so, and can be discarded", async () => {
    const { desk, id, router, user } = await openAna("?tab=notes");
    await user.type(await screen.findByLabelText("Write a note"), "Call back on Monday");
    await router.navigate({ to: "/employers" });
    await screen.findByRole("grid", { name: "List of employers" });
    expect(await desk.last()).toMatchObject({ kind: "contacts.create" });
    await router.navigate({ to: "/contacts/$id", params: { id }, search: {} });
    expect(await screen.findByRole("tab", { name: /^Notes.*Draft$/ })).toBeDefined();
    await user.click(screen.getByRole("tab", { name: /^Notes/ }));
    await waitFor(() => expect(screen.getByLabelText("Write a note")).toHaveProperty("value", "Call back on Monday"));
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    expect(screen.getByLabelText("Write a note")).toHaveProperty("value", "");
    await waitFor(async () => expect(await call(commands.noteDraft("contact", id, null))).toBeNull());
    await waitFor(() => expect(screen.queryByRole("tab", { name: /Draft$/ })).toBeNull());
  });

  it("leaves no draft once it was added, and a change of a note is kept apart from it", async () => {
    const { id, user } = await openAna("?tab=notes");
    await user.type(await screen.findByLabelText("Write a note"), "Wants two interns");
    await user.click(screen.getByRole("button", { name: "Add note" }));
    await user.click(await screen.findByRole("button", { name: "Edit note" }));
    await user.type(screen.getByRole("textbox", { name: "Edit note" }), ", paid");
    await user.click(screen.getByRole("tab", { name: "Profile" }));
    await screen.findByText("Pinecastle Estates", { selector: "dd a" });
    expect(await call(commands.noteDraft("contact", id, null))).toBeNull();
    await user.click(screen.getByRole("tab", { name: /^Notes/ }));
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Edit note" })).toHaveProperty("value", "Wants two interns, paid"),
    );
    await user.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("Wants two interns, paid", { selector: "p" })).toBeDefined();
    await waitFor(() => expect(screen.queryByRole("button", { name: "Discard draft" })).toBeNull());
  });
});

describe("somebody who left", () => {
  it("is shown as what they were, with Inactive in amber, and works nowhere", async () => {
    const { id, router } = await openAna();
    await archive(id, "employer");
    expect(await screen.findByText(/^Formerly Recruiter at Pinecastle Estates · left /)).toBeDefined();
    const facts = screen.getByRole("list", { name: "Directory, visibility, and access" });
    expect(within(facts).getByText("Inactive").closest("[data-tone]")?.getAttribute("data-tone")).toBe("waits");
    const history = await screen.findByRole("region", { name: "Employment history" });
    expect(
      within(history)
        .getAllByRole("columnheader")
        .map((cell) => cell.textContent),
    ).toEqual(["Name", "Title", "From", "Left on", "Now"]);
    expect(within(history).queryByText("Inactive")).toBeNull();
    expect(within(history).queryByText("Current")).toBeNull();
    await router.navigate({ to: "/contacts" });
    const grid = await screen.findByRole("grid", { name: "Contact Directory" });
    expect(await within(grid).findByText("Formerly at Pinecastle Estates")).toBeDefined();
  });

  it("is not written to where that was marked, and the header says so", async () => {
    const { id } = await openAna();
    await archive(id, "attribute");
    expect(await screen.findByText("Do not email", { selector: "header span" })).toBeDefined();
    expect(screen.getByRole("button", { name: "Write email" })).toHaveProperty("disabled", true);
    expect(screen.getByText("Recruiter at Pinecastle Estates")).toBeDefined();
  });
});
