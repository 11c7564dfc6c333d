import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderDesk } from "~/testing/desk.tsx";

describe("what an organization has set", () => {
  it("is told under Security and can’t be changed there", async () => {
    const policy = { lock_after_minutes: 10, imports: "off", hub_address: "https://hub.northfield.example", locks: 3 };
    await renderDesk("/settings/security", { policy });
    const section = await screen.findByRole("region", { name: "Set by your organization" });
    const lines = within(section)
      .getAllByRole("listitem")
      .map((item) => item.textContent);
    expect(lines).toEqual([
      "Your hub is at https://hub.northfield.example.",
      "Liaison locks after 10 minutes without activity.",
      "Importing files is turned off.",
      "locks: there is no such setting",
    ]);
    const time = await screen.findByRole("button", { name: /10 minutes/ });
    expect(time).toHaveProperty("disabled", true);
  });

  it("is not mentioned where nothing is set", async () => {
    await renderDesk("/settings/security");
    await screen.findByRole("region", { name: "Locking" });
    expect(screen.queryByRole("region", { name: "Set by your organization" })).toBeNull();
  });

  it("turns the import off", async () => {
    await renderDesk("/import", { policy: { imports: "off" } });
    expect(await screen.findByText("Your organization has turned off importing files on this computer.")).toBeDefined();
    expect(screen.queryByRole("button", { name: /Choose file/ })).toBeNull();
  });

  it("names the folder for copies of backups and offers no other", async () => {
    await renderDesk("/settings/backups", { policy: { backup_folder: "/mnt/career-center" } });
    expect(await screen.findByText("Your organization has set this folder.")).toBeDefined();
    expect(screen.getByText("/mnt/career-center")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Change folder…" })).toBeNull();
  });
});
