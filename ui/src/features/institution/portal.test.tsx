import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { renderDesk } from "~/testing/desk.tsx";

describe("the portal’s address", () => {
  it("has its field in UI Customization, which refuses what is no address and saves what is", async () => {
    await renderDesk("/settings/look");
    const user = userEvent.setup();
    const field = await screen.findByRole("textbox", { name: /^Portal address/ });
    await user.type(field, "not an address");
    const form = within(screen.getByRole("form", { name: "Portal" }));
    await user.click(form.getByRole("button", { name: "Save portal address" }));
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    await user.clear(field);
    await user.type(field, "https://careers.riverton.example");
    await user.click(form.getByRole("button", { name: "Save portal address" }));
    await waitFor(async () =>
      expect((await call(commands.invitationSettings())).portal).toBe("https://careers.riverton.example"),
    );
  });
});

describe("the form that adds a user", () => {
  it("says that no invitation goes out, and why, until the portal’s address is set", async () => {
    const { router } = await renderDesk("/students");
    const user = userEvent.setup();
    const add = async () => {
      await screen.findAllByRole("button", { name: "Add new user" });
      await user.keyboard("n");
      return within(await screen.findByRole("dialog"));
    };
    expect(await (await add()).findByText(/neither the portal address nor a mail server is set/)).toBeDefined();
    await user.keyboard("{Escape}");
    await call(commands.invitationSettingsSet("https://careers.riverton.example", 14));
    await router.navigate({ to: "/caseload", search: {} } as never);
    await router.navigate({ to: "/students", search: {} } as never);
    expect(await (await add()).findByText(/will wait in the outbox/)).toBeDefined();
  });
});
