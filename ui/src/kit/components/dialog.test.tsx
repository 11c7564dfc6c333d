import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ActDialog, ConfirmDialog, DiscardQuestion } from "./Dialog.tsx";

const nothing = () => {};

describe("a question", () => {
  it("has its act in focus, so that Enter does it", () => {
    render(
      <ConfirmDialog title="Approve" act="Approve" sentences={["1 contact."]} onClose={nothing} onConfirm={nothing} />,
    );
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Approve" }));
  });

  it("has Cancel in focus where the act is destructive", () => {
    render(
      <ConfirmDialog
        title="Reject"
        act="Reject"
        sentences={["1 contact."]}
        destructive
        onClose={nothing}
        onConfirm={nothing}
      />,
    );
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Cancel" }));
  });

  it("about leaving something unsaved has the safe answer in focus, also when it opens later", () => {
    const question = (isOpen: boolean) => <DiscardQuestion isOpen={isOpen} onStay={nothing} onLeave={nothing} />;
    const { rerender } = render(question(false));
    rerender(question(true));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep editing" }));
  });

  it("gives the focus to an act that could not be done at first", () => {
    const dialog = (isDisabled: boolean) => (
      <ActDialog title="Undo" act="Undo" role="alertdialog" autoFocus isDisabled={isDisabled} onClose={nothing}>
        words
      </ActDialog>
    );
    const { rerender } = render(dialog(true));
    rerender(dialog(false));
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Undo" }));
  });
});
