import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands, type HomeFigure, type ListQuery, progressChannel } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderOn } from "~/testing/desk.tsx";
import { listAddress } from "./listAddress.ts";

const quietly = () => progressChannel(() => {});

/** Gives somebody students, so that there is a caseload. */
async function assign(desk: Desk, count: number, to: string) {
  const ids = (await desk.rows("student")).slice(0, count).map(({ id }) => id);
  await call(commands.studentsAssign({ by: "ids", ids }, to, quietly()));
}

const me = async () => (await call(commands.appState())).actor?.id ?? "";

describe("Home", () => {
  it("leads from each number to a list with exactly as many records", async () => {
    const desk = await openDesk({ contacts: 300, pending: 7 });
    const person = await me();
    await assign(desk, 5, person);
    const figures = await call(commands.homeFigures());
    const charts = await call(commands.homeCharts());
    const counted: Pick<HomeFigure, "query" | "count">[] = [
      ...figures,
      ...charts.queue,
      ...charts.activation,
      ...charts.caseloads.slice(0, 2),
    ];
    expect(figures.length).toBeGreaterThan(12);
    const { router } = await renderOn(desk, "/");
    await screen.findByText(/^Good /);
    for (const { query, count } of counted) {
      const before = desk.calls.length;
      await router.navigate(listAddress(query, person) as never);
      const opened = () =>
        desk.calls.slice(before).findLast(({ command, args }) => {
          const asked = args.query as ListQuery | undefined;
          return command === "list_open" && asked?.kind === query.kind;
        });
      await waitFor(() => expect(opened()).toBeDefined());
      const asked = opened()?.args.query as ListQuery;
      expect(await call(commands.listCounts([asked])), JSON.stringify(query)).toEqual([count]);
      await router.navigate({ to: "/history/trash", search: {} } as never);
    }
  });

  it("shows an advisor their caseload, and nothing they may not decide", async () => {
    const desk = await openDesk({ contacts: 120 });
    await desk.colleague("Brandon", "Hale", ["view_contacts", "edit_contacts", "undo"]);
    const brandon = await me();
    await desk.back();
    await assign(desk, 6, brandon);
    await call(commands.unlock("seven tin lanterns drift"));
    await renderOn(desk, "/");
    const tiles = within(await screen.findByRole("list", { name: "At a glance" }));
    expect(await tiles.findByRole("link", { name: /^6 ?users in my caseload$/ })).toBeDefined();
    for (const closed of [/pending contact/, /invited, not active/, /message/])
      expect(tiles.queryByRole("link", { name: new RegExp(`users? ${closed.source}`) }), closed.source).toBeNull();
    expect(tiles.queryByText(/pending/)).toBeNull();
    for (const chart of ["Pending contacts by source", "Approvals in the last 14 days", "Caseload by advisor"])
      expect(screen.queryByRole("heading", { name: chart }), chart).toBeNull();
    expect(screen.queryByRole("heading", { name: "Set up Liaison" })).toBeNull();
    expect(screen.queryByRole("heading", { name: "Recent changes" })).toBeNull();
  });

  it("draws each chart beside a table whose numbers are links", async () => {
    const desk = await openDesk({ contacts: 200, pending: 6 });
    const [waiting] = await desk.rows("contact", [{ field: "approval", op: "is", values: ["pending"] }]);
    await desk.review([waiting?.id ?? ""], { action: "approve" });
    await renderOn(desk, "/");
    const chart = within(await screen.findByRole("region", { name: "Pending contacts by source" }));
    const numbers = chart.getAllByRole("link").map((link) => Number(link.textContent));
    expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(5);
    expect(screen.getByRole("region", { name: "From invitation to account" })).toBeDefined();
    const approvals = within(screen.getByRole("region", { name: "Approvals in the last 14 days" }));
    const link = approvals.getAllByRole("link")[0];
    expect(link?.getAttribute("href")).toContain("contacts.approve");
  });

  it("shows failed and waiting messages, each as a way to them", async () => {
    const desk = await openDesk({ contacts: 3 });
    desk.stand("mail_status", () => ({
      set_up: true,
      waiting: 3,
      unclear: 0,
      failed: 2,
      trouble: { reason: "busy", detail: "", stopped: false },
      next_try_at: null,
    }));
    await renderOn(desk, "/");
    const tiles = within(await screen.findByRole("list", { name: "At a glance" }));
    expect((await tiles.findByRole("link", { name: /^2 ?messages failed$/ })).getAttribute("href")).toContain("failed");
    expect(tiles.getByRole("link", { name: /^3 ?messages can’t be sent yet$/ })).toBeDefined();
    expect(screen.getByRole("link", { name: "Outbox: 2 messages failed" })).toBeDefined();
    expect(screen.getByRole("link", { name: "Outbox: 3 messages waiting" })).toBeDefined();
  });
});

describe("the set-up list", () => {
  it("says what is still to be done, knows what is, and goes away", async () => {
    const desk = await openDesk({ contacts: 20 });
    await call(commands.invitationSettingsSet("https://careers.riverton.example", 14));
    await renderOn(desk, "/");
    const list = within(await screen.findByRole("region", { name: "Set up Liaison" }));
    expect(list.getByText(/^[2-4] of 6 done$/)).toBeDefined();
    expect(list.getByText("https://careers.riverton.example")).toBeDefined();
    expect(list.getByRole("link", { name: "Mail server" }).getAttribute("href")).toContain("/settings/mail");
    expect(list.queryByRole("button", { name: "Import contacts" })).toBeNull();
    await userEvent.setup().click(list.getByRole("button", { name: "Hide" }));
    expect(screen.queryByRole("region", { name: "Set up Liaison" })).toBeNull();
    expect(screen.getByRole("list", { name: "At a glance" })).toBeDefined();
  });

  it("offers the invitations that could go out once portal and mail server are set", async () => {
    const desk = await openDesk({ contacts: 3 });
    await call(
      commands.studentCreate({
        first_name: "Nora",
        last_name: "New",
        email: "nora@riverton.example",
        standing: "student",
      }),
    );
    await renderOn(desk, "/");
    const tiles = within(await screen.findByRole("list", { name: "At a glance" }));
    await screen.findByRole("region", { name: "Set up Liaison" });
    expect(tiles.queryByRole("button", { name: /^Invite/ })).toBeNull();
    desk.stand("invitation_settings", () => ({
      portal: "https://careers.riverton.example",
      days: 14,
      mail_set_up: true,
    }));
    await call(commands.invitationSettingsSet("https://careers.riverton.example", 14));
    expect(await tiles.findByRole("button", { name: "Invite 1 user who isn’t invited yet…" })).toBeDefined();
  });
});
