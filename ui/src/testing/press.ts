import { waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { expect } from "vitest";

/** Clicks a button once it can be clicked: what it would do is asked of the app first. */
export async function press(user: UserEvent, button: () => HTMLElement): Promise<void> {
  await waitFor(() => expect(button()).toHaveProperty("disabled", false));
  await user.click(button());
}
