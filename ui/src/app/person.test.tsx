import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { PASSCODE } from "~/ipc/testing/program.ts";
import { renderDesk } from "~/testing/desk.tsx";

describe("the person in the top bar", () => {
  it("locks the desk, and whoever unlocks it finds it open", async () => {
    await renderDesk("/contacts", { contacts: 20 });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: /^Working as/ }));
    await user.click(await screen.findByRole("menuitem", { name: /Lock/ }));
    const field = await screen.findByLabelText("Passcode or recovery key");
    expect(screen.queryByRole("grid")).toBeNull();
    await user.type(field, `${PASSCODE}{Enter}`);
    expect(await screen.findByRole("grid")).toBeDefined();
  });

  it("asks for the passcode of the person who comes", async () => {
    await renderDesk("/contacts", { contacts: 20 });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: /^Working as/ }));
    await user.click(await screen.findByRole("menuitem", { name: /Switch person/ }));
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "nonsense{Enter}");
    expect(await screen.findByText(/not a passcode or recovery key/)).toBeDefined();
    await user.clear(field);
    await user.type(field, `${PASSCODE}{Enter}`);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(await screen.findByRole("grid")).toBeDefined();
  });
});
