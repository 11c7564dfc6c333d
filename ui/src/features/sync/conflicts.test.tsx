import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ConflictRow, ConflictVersion } from "~/ipc";
import { call, commands } from "~/ipc";
import { renderDesk } from "~/testing/desk.tsx";
import { keeping, mine } from "./settling.ts";

const version = (operation: string, isMine: boolean, value: string): ConflictVersion => ({
  operation,
  value: { value, text: null },
  actor: isMine ? "Dana Reyes" : "Bob Moss",
  device: "",
  at: 0,
  mine: isMine,
});

const conflict = (record: string, ...versions: ConflictVersion[]): ConflictRow => ({
  kind: "contact",
  record,
  name: "Ada Berg",
  field: "title",
  before: { value: null, text: null },
  versions,
});

describe("settling many conflicts at once", () => {
  const conflicts = [
    conflict("a", version("1", true, "Dean"), version("2", false, "Provost")),
    conflict("b", version("3", false, "Coach"), version("4", true, "Adviser")),
    conflict("c", version("5", false, "One"), version("6", false, "Two")),
    conflict("d", version("7", true, "One"), version("8", true, "Two")),
  ];

  it("keeps what is there", () => {
    expect(keeping(conflicts).map(({ operation }) => operation)).toEqual(["1", "3", "5", "7"]);
  });

  it("takes one’s own versions, where there is exactly one", () => {
    expect(mine(conflicts).map(({ record, operation }) => [record, operation])).toEqual([
      ["a", "1"],
      ["b", "4"],
    ]);
  });
});

describe("conflicts on a computer that works alone", () => {
  it("has none, and settles nothing", async () => {
    await renderDesk("/settings/sync");
    await screen.findByText("This computer isn’t connected to a hub.");
    expect(await call(commands.syncConflicts())).toEqual([]);
    const choices = keeping([
      conflict("018bcfe5-6800-7097-a705-c6c5abd7eb04", version("018bcfe5-6800-7097-a705-c6c5abd7eb05", true, "x")),
    ]);
    const done = await call(commands.syncSettle(choices));
    expect([done.changed, done.skipped, done.operation]).toEqual([0, 1, null]);
    expect(screen.queryByRole("heading", { name: "Conflicts" })).toBeNull();
  });
});
