import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { PagedList, usePaged } from "./PagedList.tsx";

type Entry = { id: string; at: number };
const NOON = new Date("2026-03-10T12:00:00").getTime();
const asked: number[] = [];

function Timeline({ entries }: { entries: Entry[] }) {
  const paged = usePaged<Entry>({
    key: ["notes", "test", entries.length],
    read: async ({ offset, after }, limit) => {
      asked.push(limit);
      const start = after === null ? 0 : entries.findIndex(({ id }) => id === after.id) + 1;
      expect(start).toBe(offset);
      return { rows: entries.slice(start, start + limit), total: entries.length };
    },
  });
  return (
    <PagedList
      label="Entries"
      paged={paged}
      idOf={({ id }) => id}
      dayOf={({ at }) => at}
      empty={<button type="button">Add the first</button>}
    >
      {({ id }) => <span>entry {id}</span>}
    </PagedList>
  );
}

const show = (count: number) => {
  asked.length = 0;
  const entries = Array.from({ length: count }, (_, n) => ({ id: String(n), at: NOON - n * 3_600_000 }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Timeline entries={entries} />
    </QueryClientProvider>,
  );
};

describe("a paged list", () => {
  it("reads one page of five thousand entries, and the next when asked; the focus goes to the first that came", async () => {
    show(5_000);
    expect(await screen.findByText("50 of 5,000 shown")).toBeDefined();
    expect(asked).toEqual([50]);
    expect(screen.getAllByRole("listitem")).toHaveLength(50);
    await userEvent.setup().click(screen.getByRole("button", { name: "Show 50 more" }));
    await waitFor(() => expect(document.activeElement?.textContent).toBe("entry 50"));
    expect(screen.getAllByRole("listitem")).toHaveLength(100);
    expect(asked).toEqual([50, 50]);
  });

  it("names the days", async () => {
    show(30);
    await screen.findByText("entry 29");
    expect(screen.getAllByRole("heading", { level: 3 })).toHaveLength(2);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("offers its one act where it is empty", async () => {
    show(0);
    expect(await screen.findByRole("button", { name: "Add the first" })).toBeDefined();
  });
});
