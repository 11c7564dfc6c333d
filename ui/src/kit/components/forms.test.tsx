import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiaisonError } from "~/ipc/error.ts";
import { FormDialog } from "./FormDialog.tsx";
import { startHotkeys } from "./hotkeys.tsx";
import { TextField } from "./TextField.tsx";
import { useSubmit } from "./useSubmit.ts";

const save = vi.fn<() => Promise<void>>();
const close = vi.fn();
let stop = () => {};

beforeEach(() => {
  save.mockReset();
  close.mockReset();
  stop = startHotkeys();
});
afterEach(() => stop());

function Naming() {
  const [name, setName] = useState("");
  const form = useSubmit(save);
  return (
    <FormDialog form={form} title="New group" act="Add" isDirty={name !== ""} onClose={close}>
      <TextField
        validationBehavior="aria"
        label="Name"
        value={name}
        onChange={setName}
        error={form.problem("name")}
        autoFocus
      />
    </FormDialog>
  );
}

describe("a dialog with a form", () => {
  it("is submitted once, by Ctrl+Enter too, until the answer is here", async () => {
    let answer = () => {};
    save.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    render(<Naming />);
    await userEvent.type(screen.getByLabelText("Name"), "2027{Control>}{Enter}{/Control}");
    expect(save).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("button", { name: "Add" })).toHaveProperty("disabled", true);
    await userEvent.keyboard("{Enter}{Control>}{Enter}{/Control}");
    expect(save).toHaveBeenCalledTimes(1);
    answer();
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Add" })).toHaveProperty("disabled", false));
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(save).toHaveBeenCalledTimes(2);
  });

  it("shows what is wrong at its field, and what has no field above the buttons", async () => {
    save.mockRejectedValueOnce(
      new LiaisonError({ code: "validation", fields: [{ field: "name", problem: { kind: "required" } }] }),
    );
    render(<Naming />);
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    await vi.waitFor(() => expect(screen.getByLabelText("Name").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.queryByRole("alert")).toBeNull();
    save.mockRejectedValueOnce(new LiaisonError({ code: "busy" }));
    await userEvent.click(screen.getByRole("button", { name: "Add" }));
    expect(await screen.findByRole("alert")).toBeDefined();
    expect(close).not.toHaveBeenCalled();
  });

  it("asks before what was typed is lost, and Ctrl+Enter does not submit below the question", async () => {
    render(<Naming />);
    await userEvent.type(screen.getByLabelText("Name"), "2027");
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("alertdialog")).toBeDefined();
    expect(close).not.toHaveBeenCalled();
    screen.getByRole("button", { name: "Keep editing" }).focus();
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(save).not.toHaveBeenCalled();
  });
});
