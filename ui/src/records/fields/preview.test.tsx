import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import type { Chips, KindSchema } from "~/ipc";
import { schemaQuery } from "~/session/session.ts";
import { readSchema } from "~/testing/desk.tsx";
import { ChangePreview } from "./ChangePreview.tsx";

let schema: KindSchema[] = [];
beforeAll(async () => {
  schema = await readSchema();
});

const cell = (value: string | null) => ({ value, text: null });
const before: Chips = { approval: "approved", visibility: "students", access: { state: "on", role: "Recruiter" } };
const after: Chips = { ...before, approval: "rejected" };

function show(preview: Parameters<typeof ChangePreview>[0]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(schemaQuery.queryKey, schema);
  return render(
    <QueryClientProvider client={client}>
      <ChangePreview {...preview} />
    </QueryClientProvider>,
  );
}

describe("what will change", () => {
  it("is said record by record, with old and new values and the three facts before and after", () => {
    show({
      total: 40,
      changes: [
        {
          kind: "contact",
          id: "1",
          name: "Ana Ruiz",
          fields: [{ field: "title", before: cell("Recruiter"), after: cell(null) }],
          chips: { before, after },
        },
        { kind: "contact", id: "2", name: "Bo Lind", fields: [], chips: { before, after: before }, note: "Stays put." },
      ],
      stays: ["Ana Ruiz can still log in."],
      skipped: [
        { why: "Rejected, and its data is frozen", count: 3, names: ["Cy Dow"] },
        { why: "In the trash", count: 0 },
      ],
    });
    expect(screen.getByRole("heading", { name: "40 records will change" })).toBeDefined();
    expect(screen.getByText("and 38 more")).toBeDefined();
    const [ana, bo] = screen
      .getAllByRole("listitem")
      .filter((item) => /Ana Ruiz|Bo Lind/.test(item.querySelector("p")?.textContent ?? ""));
    expect(ana?.textContent).toContain("from Recruiter to Empty");
    expect(ana?.textContent).toMatch(/from .*Approved.* to .*Rejected/);
    expect(within(bo as HTMLElement).getAllByText("Approved")).toHaveLength(1);
    expect(screen.getByText("Ana Ruiz can still log in.")).toBeDefined();
    expect(screen.getByRole("heading", { name: "3 records won’t change" })).toBeDefined();
    expect(screen.getByText("Cy Dow")).toBeDefined();
    expect(screen.queryByText(/In the trash/)).toBeNull();
  });

  it("says that nothing does", () => {
    show({ total: 0, changes: [] });
    expect(screen.getByRole("heading", { name: "Nothing will change." })).toBeDefined();
  });
});
