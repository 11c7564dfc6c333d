import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { renderDesk } from "~/testing/desk.tsx";
import { isStopped } from "./queries.ts";
import { reasonText } from "./words.ts";

describe("the page about the hub", () => {
  it("says what is wrong with an address and a code, and stays as it was", async () => {
    await renderDesk("/settings/sync");
    const user = userEvent.setup();
    await screen.findByText("This computer isn’t connected to a hub.");
    const connect = screen.getByRole("button", { name: "Connect" });
    await user.click(connect);
    expect(screen.getByText("Enter the hub’s address.")).toBeDefined();
    expect(screen.getByText("Enter a code.")).toBeDefined();

    // Nobody listens there.
    await user.type(screen.getByRole("textbox", { name: "Hub address" }), "http://127.0.0.1:9");
    const code = screen.getByRole("textbox", { name: "Code" });
    await user.type(code, "1234");
    await user.click(connect);
    await screen.findByText(/This code doesn’t work/);
    await user.clear(code);
    await user.type(code, "018bcfe5-6800-7097-a705-c6c5abd7eb04.1234");
    await user.click(connect);
    await screen.findByText(/This code is for another institution/);
    const { institution } = await call(commands.syncStatus());
    await user.clear(code);
    await user.type(code, `${institution}.1234`);
    await user.click(connect);
    await screen.findByText(/The hub can’t be reached/);
    expect((await call(commands.syncStatus())).hub).toBeNull();
    expect(screen.queryByRole("link", { name: /^Sync:/ })).toBeNull();
  });
});

describe("the words about the hub", () => {
  it("have a sentence for a reason that only a newer hub gives", () => {
    expect(reasonText("erased", "Bob Moss", null)).toBe("The record was permanently deleted on another computer.");
    expect(reasonText("because", "Bob Moss", null)).toBe("The hub gave a reason that this version doesn’t know.");
  });

  it("say who was not allowed what", () => {
    expect(reasonText("denied", "Bob Moss", "review_contacts")).toBe(
      "When it reached the hub, Bob Moss wasn’t allowed to approve and reject contacts.",
    );
    expect(reasonText("nobody", "Bob Moss", null)).toBe(
      "When it reached the hub, Bob Moss was no longer active on the staff.",
    );
  });

  it("call it stopped where nothing is tried again", () => {
    const status = {
      hub: "http://hub",
      institution: null,
      device: "d",
      waiting: 1,
      place: 4,
      refused: 0,
      conflicts: 0,
    };
    const trouble = { code: "hub", problem: "forked", detail: "" } as const;
    const stopped = (again_at: number | null, problem: typeof trouble | null = trouble) =>
      isStopped({ ...status, progress: { reached_at: 1, trouble: problem, again_at } });
    expect([stopped(null), stopped(5), stopped(null, null)]).toEqual([true, false, false]);
    expect(isStopped({ ...status, progress: null })).toBe(false);
  });
});
