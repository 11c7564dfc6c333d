import { render, screen } from "@testing-library/react";
import { act } from "react";
import { describe, expect, it } from "vitest";
import { Toasts, toast } from "./Toast.tsx";

describe("messages", () => {
  it("show one at a time: the next one takes the place of the last", async () => {
    render(<Toasts />);
    act(() => toast("Katharina Fischer rejected.", () => {}));
    expect(await screen.findByText("Katharina Fischer rejected.")).toBeDefined();
    act(() => toast("Undone. Katharina Fischer is pending again."));
    expect(await screen.findByText("Undone. Katharina Fischer is pending again.")).toBeDefined();
    expect(screen.queryByText("Katharina Fischer rejected.")).toBeNull();
    expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  });
});
