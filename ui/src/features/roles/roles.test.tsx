import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, progressChannel } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { i18next } from "~/kit/i18n/index.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { roleEdits } from "./edits.ts";

const exists = i18next.exists as (key: string) => boolean;

/** Gives four employer users the role Recruiter, and all others the one after sign-up. */
async function fourRecruiters(desk: Desk) {
  const roles = await call(commands.rolesList());
  const role = (name: string) => roles.find((each) => each.name === name)?.id ?? "";
  const users = (await desk.rows("employer_user")).map(({ id }) => id);
  const give = (ids: string[], name: string) =>
    call(
      commands.usersRole(
        { by: "ids", ids },
        role(name),
        progressChannel(() => {}),
      ),
    );
  await give(users.slice(0, 4), "Recruiter");
  await give(users.slice(4), "Default Access");
}

describe("edits of a role", () => {
  it("are what differs, in whatever order it was ticked", () => {
    const before = { name: "Recruiter", permissions: ["edit_account", "post_jobs"] };
    expect(roleEdits(before, { name: "Recruiter", permissions: ["post_jobs", "edit_account"] })).toEqual([]);
    expect(roleEdits(before, { name: "Hiring", permissions: ["edit_account"] })).toEqual([
      { field: "name", before: "Recruiter", after: "Hiring" },
      { field: "permissions", before: ["edit_account", "post_jobs"], after: ["edit_account"] },
    ]);
  });
});

describe("employer user roles", () => {
  it("are added with what they permit, and beside it what a person sees", async () => {
    const desk = await openDesk();
    await call(commands.roleCreate({ name: "recruiter" }));
    await renderOn(desk, "/settings/roles");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Add New User Role" }));
    const dialog = await screen.findByRole("dialog", { name: "Add New User Role" });
    await user.type(await within(dialog).findByRole("textbox", { name: /^Name/ }), "recruiter");
    const students = await within(dialog).findByRole("checkbox", { name: "See students" });
    const write = within(dialog).getByRole("checkbox", { name: "Message students" });
    expect(within(dialog).getByRole("checkbox", { name: "Edit their own account" })).toHaveProperty("disabled", true);
    const sight = () => dialog.querySelector("[data-area=students]")?.getAttribute("data-reach");
    await waitFor(() => expect(sight()).toBe("hidden"));
    await user.click(write);
    // What writing needs comes along, and stays as long as writing does.
    await waitFor(() => expect(students).toHaveProperty("checked", true));
    expect(students).toHaveProperty("disabled", true);
    expect(sight()).toBe("act");
    await user.click(write);
    await waitFor(() => expect(students).toHaveProperty("disabled", false));
    await user.click(students);
    await waitFor(() => expect(sight()).toBe("hidden"));
    await user.click(within(dialog).getByRole("button", { name: "Add role" }));
    expect(await within(dialog).findByText(/^Already used by recruiter\./)).toBeDefined();
    await user.type(within(dialog).getByRole("textbox", { name: /^Name/ }), "s 2");
    await user.click(within(dialog).getByRole("button", { name: "Add role" }));
    expect(await screen.findByRole("button", { name: "recruiters 2" })).toBeDefined();
  });

  it("say why the one after sign-up can't be deleted, and who gets another", async () => {
    const desk = await openDesk({ contacts: 60 });
    await fourRecruiters(desk);
    await renderOn(desk, "/settings/roles");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Actions for Default Access" }));
    const remove = await screen.findByRole("menuitem", { name: /^Delete/ });
    expect(remove.getAttribute("aria-disabled")).toBe("true");
    expect(screen.getByText(/Everyone gets this role at sign-up/)).toBeDefined();
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "Actions for Recruiter" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(await screen.findByText("4 users have this role and will get another one.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Recruiter" })).toBeNull());
  });
});

describe("the table of roles", () => {
  it("has a column for each role and marks what differs from the one after sign-up", async () => {
    const desk = await openDesk();
    await call(commands.roleCreate({ name: "Campus hosts", permissions: ["message_students"] }));
    await renderOn(desk, "/settings/roles");
    const table = await screen.findByRole("table");
    const heads = within(table).getAllByRole("columnheader");
    const column = heads.findIndex((head) => head.textContent?.startsWith("Campus hosts"));
    expect(column).toBeGreaterThan(0);
    const cell = (permission: string) =>
      within(within(table).getByRole("row", { name: new RegExp(`^${permission}`) })).getAllByRole("cell")[column - 1];
    expect(cell("Message students")?.textContent).toContain("Yes");
    expect(cell("Message students")?.hasAttribute("data-differs")).toBe(true);
    expect(cell("Edit their own account")?.hasAttribute("data-differs")).toBe(false);
    const user = userEvent.setup();
    await user.click(within(table).getByRole("button", { name: "Campus hosts" }));
    expect(await screen.findByRole("heading", { name: "Campus hosts" })).toBeDefined();
  });

  it("says before saving how many people other permissions touch", async () => {
    const desk = await openDesk({ contacts: 60 });
    await fourRecruiters(desk);
    const roles = await call(commands.rolesList());
    const recruiter = roles.find(({ name }) => name === "Recruiter");
    const users = (await desk.rows("employer_user")).map(({ id }) => id).slice(0, 4);
    for (const [ids, on] of [
      [users.slice(0, 3), true],
      [users.slice(3), false],
    ] as const)
      await call(
        commands.usersAccess(
          { by: "ids", ids: [...ids] },
          on,
          progressChannel(() => {}),
        ),
      );
    await renderOn(desk, "/settings/roles");
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Actions for Recruiter" }));
    await user.click(await screen.findByRole("menuitem", { name: "Edit" }));
    const dialog = await screen.findByRole("dialog");
    const permission = recruiter?.permissions.includes("register_fairs") ? "no longer be able to" : "be able to";
    await user.click(await within(dialog).findByRole("checkbox", { name: "Register for job fairs" }));
    expect(await within(dialog).findByText(`3 employer users will ${permission}:`)).toBeDefined();
    expect(within(dialog).getByText("1 more has this role, but can’t log in.")).toBeDefined();
    await user.click(within(dialog).getByRole("checkbox", { name: "Register for job fairs" }));
    await waitFor(() => expect(within(dialog).queryByText(/^3 employer users/)).toBeNull());
  });
});

describe("words of the matrix", () => {
  it("say what each permission is and opens", async () => {
    await openDesk();
    for (const { permission, group } of await commands.portalPermissions()) {
      expect(exists(`fields.choice.permissions.${permission}`), permission).toBe(true);
      expect(exists(`roles.opens.${permission}`), permission).toBe(true);
      expect(exists(`roles.group.${group}`), group).toBe(true);
    }
  });
});
