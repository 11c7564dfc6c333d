import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

const statusOf = async (kind: "job_listing" | "interview_schedule", id: string) =>
  (await call(commands.recordGet(kind, id))).values.status;

describe("what employers post in the portal", () => {
  it("is opened on Home with one click, and waits again once that is undone", async () => {
    const desk = await openDesk({ contacts: 20 });
    const acme = (await call(commands.employerCreate({ name: "Acme Labs" }))).id;
    const posted = { title: "Analyst", employer: acme, status: "submitted" };
    const { id } = await call(commands.recordCreate("job_listing", posted));
    await renderOn(desk, "/");
    const user = userEvent.setup();
    const list = within(await screen.findByRole("list", { name: "Job listings that employers submitted" }));
    expect(list.getByRole("link", { name: "Acme Labs" })).toBeDefined();
    expect(screen.getByRole("link", { name: /^1 ?job listing waiting for your answer$/ })).toBeDefined();
    await user.click(list.getByRole("button", { name: "Open Analyst" }));
    expect(await screen.findByText("Analyst is open. Students and alumni see it.")).toBeDefined();
    expect(await statusOf("job_listing", id)).toBe("open");
    await waitFor(() =>
      expect(screen.queryByRole("list", { name: "Job listings that employers submitted" })).toBeNull(),
    );
    await user.keyboard("{Control>}z{/Control}");
    expect(await screen.findByText("Undone. Analyst is waiting for your answer again.")).toBeDefined();
    expect(await statusOf("job_listing", id)).toBe("submitted");
    expect(await screen.findByRole("button", { name: "Open Analyst" })).toBeDefined();
  });

  it("is answered beside the list of interviews, by whoever may edit", async () => {
    const desk = await openDesk();
    const asked = { title: "Campus day", held_on: "2199-03-05", status: "requested" };
    const { id } = await call(commands.recordCreate("interview_schedule", asked));
    await renderOn(desk, "/interviews");
    const user = userEvent.setup();
    await user.click(await screen.findByText("Campus day"));
    expect(await screen.findByText("An employer asks for these interviews.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Decline Campus day" }));
    expect(await screen.findByText("Campus day declined.")).toBeDefined();
    expect(await statusOf("interview_schedule", id)).toBe("declined");
    await waitFor(() => expect(screen.queryByText("An employer asks for these interviews.")).toBeNull());
    expect(screen.queryByRole("button", { name: "Confirm Campus day" })).toBeNull();
  });
});
