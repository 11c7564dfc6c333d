import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HotkeyLayer, isSequencePending, matchesChord, startHotkeys, useHotkeys } from "./hotkeys.tsx";
import { KeyHelp } from "./KeyHelp.tsx";

const event = (key: string, more: Partial<KeyboardEventInit> = {}) => new KeyboardEvent("keydown", { key, ...more });

describe("a chord", () => {
  it("tells a from Shift+A and Ctrl+A", () => {
    expect(matchesChord(event("a"), "a")).toBe(true);
    expect(matchesChord(event("A", { shiftKey: true }), "a")).toBe(false);
    expect(matchesChord(event("A", { shiftKey: true }), "Shift+A")).toBe(true);
    expect(matchesChord(event("a", { ctrlKey: true }), "a")).toBe(false);
    expect(matchesChord(event("k", { ctrlKey: true }), "Ctrl+K")).toBe(true);
  });

  it("takes signs as they are typed, with Shift or without", () => {
    expect(matchesChord(event("?", { shiftKey: true }), "?")).toBe(true);
    expect(matchesChord(event("?"), "?")).toBe(true);
    expect(matchesChord(event("/"), "/")).toBe(true);
    expect(matchesChord(event("+", { ctrlKey: true, shiftKey: true }), "Ctrl++")).toBe(true);
    expect(matchesChord(event("+", { ctrlKey: true }), "Ctrl++")).toBe(true);
    expect(matchesChord(event("+"), "Ctrl++")).toBe(false);
  });
});

const approve = vi.fn();
const go = vi.fn();
const inDialog = vi.fn();
const search = vi.fn();

function Page({ enabled = true }: { enabled?: boolean }) {
  useHotkeys("Review", [
    { keys: "a", label: "Approve", run: approve, enabled },
    { keys: "g q", label: "Go to the queue", run: go },
    { keys: "Ctrl+K", label: "Search", run: search },
    { keys: "x", label: "Select" },
    { keys: "n", label: "Add Note", run: () => {}, opensField: true },
  ]);
  return <input aria-label="Note" />;
}

function InDialog() {
  useHotkeys("Dialog", [{ keys: "a", label: "In the dialog", run: inDialog }]);
  return <button type="button">inside</button>;
}

describe("keys of the page", () => {
  let stop = () => {};
  beforeEach(() => {
    vi.clearAllMocks();
    stop = startHotkeys();
  });
  afterEach(() => stop());

  it("leave what is typed to the field that one of them opens", async () => {
    const insert = vi.fn();
    document.execCommand = insert;
    render(<Page />);
    await userEvent.keyboard("naa");
    expect(approve).not.toHaveBeenCalled();
    screen.getByLabelText("Note").focus();
    await Promise.resolve();
    expect(insert).toHaveBeenCalledExactlyOnceWith("insertText", false, "aa");
    screen.getByLabelText("Note").blur();
    await userEvent.keyboard("a");
    expect(approve).toHaveBeenCalledTimes(1);
    // Escape gives the field up.
    await userEvent.keyboard("n{Escape}a");
    expect(approve).toHaveBeenCalledTimes(2);
  });

  it("run, alone and in sequence", async () => {
    render(<Page />);
    await userEvent.keyboard("a");
    expect(approve).toHaveBeenCalledTimes(1);
    await userEvent.keyboard("gq");
    expect(go).toHaveBeenCalledTimes(1);
    await userEvent.keyboard("q");
    expect(go).toHaveBeenCalledTimes(1);
  });

  it("let others know that a sequence has begun, so that a list leaves its second key alone", async () => {
    render(<Page />);
    const now = () => ({ timeStamp: event("x").timeStamp });
    expect(isSequencePending(now())).toBe(false);
    await userEvent.keyboard("g");
    expect(isSequencePending(now())).toBe(true);
    await userEvent.keyboard("q");
    expect(isSequencePending(now())).toBe(false);
  });

  it("are off while one types, but for those with Ctrl", async () => {
    render(<Page />);
    await userEvent.type(screen.getByLabelText("Note"), "a");
    expect(approve).not.toHaveBeenCalled();
    expect(screen.getByLabelText("Note")).toHaveProperty("value", "a");
    await userEvent.keyboard("{Control>}k{/Control}");
    expect(search).toHaveBeenCalledTimes(1);
  });

  it("are off when disabled and when the page is gone", async () => {
    const { unmount } = render(<Page enabled={false} />);
    await userEvent.keyboard("a");
    unmount();
    await userEvent.keyboard("a");
    expect(approve).not.toHaveBeenCalled();
  });

  it("of the page are off inside a dialog, those of the dialog work", async () => {
    render(
      <>
        <Page />
        <div role="dialog">
          <HotkeyLayer>
            <InDialog />
          </HotkeyLayer>
        </div>
      </>,
    );
    screen.getByText("inside").focus();
    await userEvent.keyboard("a");
    expect(approve).not.toHaveBeenCalled();
    expect(inDialog).toHaveBeenCalledTimes(1);
  });

  it("all stand on the help sheet, also those that others handle", () => {
    render(
      <>
        <Page />
        <KeyHelp isOpen onClose={() => {}} />
      </>,
    );
    for (const label of ["Approve", "Go to the queue", "Search", "Select"])
      expect(screen.getByText(label)).toBeDefined();
    expect(screen.getByText("Review")).toBeDefined();
  });
});
