import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { renderDesk } from "~/testing/desk.tsx";

describe("a list on paper", () => {
  it("is whole, also where it is long, and breaks addresses where people read a pause", async () => {
    const { desk } = await renderDesk(`/print?kind=contact&columns=${encodeURIComponent('["email"]')}`, {
      contacts: 1_200,
    });
    const table = await screen.findByRole("table");
    const approved = await desk.total("contact", [{ field: "approval", op: "is", values: ["approved"] }]);
    expect(approved).toBeGreaterThan(1_000);
    await waitFor(() => expect(within(table).getAllByRole("row").length).toBe(approved + 1));
    expect(table.querySelector("td wbr")?.previousSibling?.textContent).toMatch(/@$|[^.]$/);
  });
});
