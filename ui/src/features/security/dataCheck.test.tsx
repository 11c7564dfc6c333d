import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense } from "react";
import { describe, expect, it } from "vitest";
import type { Finding, LastCheck, Report } from "~/ipc";
import { openDesk } from "~/testing/desk.tsx";
import { DataCheck } from "./DataCheck.tsx";

const HEAD = "1204-9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015";
const dana = { kind: "contact", id: "0198c0de-0000-7000-8000-000000000001", name: "Dana Reyes" } as const;

/** The section on a desk whose check finds this. */
async function open(found: Finding[], more = 0) {
  const desk = await openDesk();
  // What a damaged desk comes to is tested where it is found out (crates/store, crates/protection).
  const report: Report = {
    ...{ at: Date.now(), operations: 1204, records: 2500, changes: 5000, head: HEAD },
    ...{ whole: found.length === 0, findings: found, more },
  };
  desk.stand("check_all", () => {
    const { at, operations, records, head } = report;
    const last: LastCheck = { at, operations, records, head, findings: found.length + more };
    desk.stand("last_check", () => last);
    return report;
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Suspense>
        <DataCheck />
      </Suspense>
    </QueryClientProvider>,
  );
  return desk;
}

async function check() {
  await userEvent.click(await screen.findByRole("button", { name: "Check now" }));
}

describe("the data check", () => {
  it("claims nothing before it has looked, then says what was checked, and shows the head", async () => {
    await open([]);
    expect(await screen.findByText("The data on this computer hasn’t been fully checked yet.")).toBeDefined();
    expect(screen.queryByText("Nothing was missing or altered.")).toBeNull();
    await check();
    expect(await screen.findByText("Nothing was missing or altered.")).toBeDefined();
    expect(screen.getByText(/1,204 history entries and 2,500 records\./)).toBeDefined();
    expect(screen.getByText(HEAD)).toBeDefined();
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("names what it found, with values only where they may be seen", async () => {
    const journal = { value: "Recruiter", text: null };
    await open(
      [
        { what: "field", record: dana, field: "title", label: "Title", journal, value: { value: null, text: null } },
        { what: "field", record: { ...dana, name: "" }, field: "title", label: "Title", journal: null, value: null },
        { what: "values_gone", record: dana, changes: 2 },
      ],
      7,
    );
    await check();
    expect(await screen.findByText("10 problems were found.")).toBeDefined();
    const found = screen.getByRole("alert").textContent;
    expect(found).toMatch(/Contact Dana Reyes: .* is “.+”, but the history says “Recruiter”\./);
    expect(found).toMatch(/Contact 0198c0de-0000-7000-8000-000000000001: .* isn’t what the history says\./);
    expect(found).toContain("the values of 2 changes are missing");
    expect(found).toContain("7 more problems aren’t listed.");
    expect(screen.queryByRole("button", { name: "Accept the history as it is…" })).toBeNull();
  });

  it("exports the audit file, with values only where that is asked for", async () => {
    const desk = await open([]);
    desk.chooses("audit.jsonl");
    await userEvent.click(await screen.findByRole("button", { name: "Export audit file…" }));
    expect(screen.queryByText(/will contain personal data/)).toBeNull();
    await userEvent.click(await screen.findByRole("button", { name: "Choose location…" }));
    const exported = () => desk.calls.filter(({ command }) => command === "audit_export").map(({ args }) => args.input);
    await waitFor(() => expect(exported()).toEqual([{ with_values: false }]));
  });

  it("lets changes that are missing be accepted, once asked", async () => {
    const desk = await open([{ what: "missing", operations: 1, after: 1203 }]);
    await check();
    expect(
      await screen.findByText(/1 change this computer had written is missing after history entry 1,203/),
    ).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Accept the history as it is…" }));
    expect(desk.count("accept_journal")).toBe(0);
    await userEvent.click(await screen.findByRole("button", { name: "Accept" }));
    expect(desk.count("accept_journal")).toBe(1);
  });
});
