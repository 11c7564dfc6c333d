import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { TOO_SOON } from "~/ipc/fake/start.ts";
import { renderApp } from "~/testing/app.tsx";
import { groupsOf, passcodeProblem, type SetupForm, setupInput } from "./setup.ts";

const form: SetupForm = {
  institution: " Riverton University ",
  firstName: "Morgan",
  lastName: "Ellery",
  email: "morgan@riverton.example ",
  protection: "keychain",
  passcode: "typed and left",
  passcodeAgain: "",
  sample: null,
};

describe("the set-up form", () => {
  it("sends a passcode only where it protects", () => {
    expect(setupInput(form)).toEqual({
      institution: "Riverton University",
      first_name: "Morgan",
      last_name: "Ellery",
      email: "morgan@riverton.example",
      passcode: null,
      sample_contacts: null,
    });
    expect(setupInput({ ...form, protection: "passcode", passcode: " a b c d " }).passcode).toBe(" a b c d ");
  });

  it("counts the characters of a passcode as people do", () => {
    const with_ = (passcode: string, passcodeAgain = passcode) =>
      passcodeProblem({ ...form, protection: "passcode", passcode, passcodeAgain });
    expect(with_("elevenchars")).toBe("short");
    expect(with_("😀😀😀😀😀😀")).toBe("short");
    expect(with_("twelve chars")).toBeNull();
    expect(with_("twelve chars", "twelve charz")).toBe("differs");
    expect(passcodeProblem(form)).toBeNull();
  });

  it("prints the recovery key in groups", () => {
    expect(groupsOf("K7QF-2MZD 9XWA")).toEqual(["K7QF", "2MZD", "9XWA"]);
  });
});

describe("the first start", () => {
  it("shows what is wrong at its field, then the recovery key, and opens only when that is kept", async () => {
    const { desk } = await renderApp("/", { contacts: 0, pending: 0, phase: "setup" });
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Set up Liaison" }));
    expect(await screen.findAllByText("Needed.")).toHaveLength(4);
    await user.type(screen.getByRole("textbox", { name: "Institution" }), "Riverton");
    await user.type(screen.getByRole("textbox", { name: "First name" }), "Morgan");
    await user.type(screen.getByRole("textbox", { name: "Last name" }), "Ellery");
    await user.type(screen.getByRole("textbox", { name: "Your e-mail" }), "morgan@riverton.example");
    await user.click(screen.getByRole("radio", { name: /Sample data/ }));
    await user.click(screen.getByRole("button", { name: "Set up Liaison" }));
    expect((await screen.findByRole("status", { name: "Recovery key" })).textContent).toMatch(/^[A-Z0-9]{4}-/);
    const open = screen.getByRole("button", { name: "Continue" });
    expect(open).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("checkbox", { name: /I have kept it/ }));
    await user.click(open);
    await user.click(await screen.findByRole("button", { name: "Later" }));
    expect(await screen.findByText(/^Good (morning|afternoon|evening), Morgan$/)).toBeDefined();
    expect(desk.contacts).toHaveLength(200);
  });
});

describe("the locked desk", () => {
  it("says when the passcode is wrong, and opens with the right one", async () => {
    await renderApp("/", { contacts: 3, pending: 0, phase: "locked" });
    const user = userEvent.setup();
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "wrong{Enter}");
    expect(await screen.findByText(/not a passcode or recovery key/)).toBeDefined();
    await user.clear(field);
    await user.type(field, "correct horse{Enter}");
    await waitFor(() => expect(screen.getByText(/, Morgan$/)).toBeDefined());
  });

  it("counts down after several wrong passcodes, and takes the next one then", async () => {
    await renderApp("/", { contacts: 3, pending: 0, phase: "locked" });
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText("Passcode or recovery key"), `${TOO_SOON}{Enter}`);
    expect(await screen.findByText(/You can try again in 2 seconds/)).toBeDefined();
    const unlock = screen.getByRole("button", { name: "Unlock" });
    expect(unlock).toHaveProperty("disabled", true);
    expect(await screen.findByText(/You can try again in 1 second\./, undefined, { timeout: 3_000 })).toBeDefined();
    await waitFor(() => expect(unlock).toHaveProperty("disabled", false), { timeout: 3_000 });
    expect(screen.queryByRole("timer")).toBeNull();
  });
});

describe("the recovery key", () => {
  it("opens nothing by itself: it sets a passcode, shows the new key, and then the passcode opens", async () => {
    await renderApp("/", { contacts: 3, pending: 0, phase: "locked" });
    const user = userEvent.setup();
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "K7QF-2MZD-9XWA-T4RH-VB3N-8PJC-5EGS-YL6U{Enter}");
    await user.type(await screen.findByLabelText("New passcode"), "four unrelated words here");
    await user.type(screen.getByLabelText("The passcode again"), "four unrelated word");
    await user.click(screen.getByRole("button", { name: "Set passcode" }));
    expect(await screen.findByText("The two are not the same.")).toBeDefined();
    await user.type(screen.getByLabelText("The passcode again"), "s here");
    await user.click(screen.getByRole("button", { name: "Set passcode" }));
    expect((await screen.findByRole("status", { name: "Recovery key" })).textContent).toMatch(/^2MZD-/);
    expect(screen.getByRole("button", { name: "Continue" })).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("checkbox", { name: /I have kept it/ }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(screen.getByText(/, Morgan$/)).toBeDefined());
  });
});

describe("Home", () => {
  it("counts what waits, each number a way to its list", async () => {
    await renderApp("/", { contacts: 50, pending: 7 });
    const waits = await screen.findByRole("link", { name: /^7 ?contacts wait for you/ });
    expect(waits.getAttribute("href")).toContain("/notifications/contacts");
    expect(screen.getByRole("link", { name: /^160 ?employers/ })).toBeDefined();
  });

  it("leads an empty desk to the import and to sample data", async () => {
    const { desk } = await renderApp("/", { contacts: 0, pending: 0 });
    const user = userEvent.setup();
    expect(await screen.findByRole("button", { name: "Import contacts" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Add sample data" }));
    await user.click(await screen.findByRole("menuitem", { name: "2,000 contacts" }));
    await waitFor(() => expect(desk.contacts).toHaveLength(2000));
    expect(await screen.findByRole("link", { name: /contacts in the directory/ })).toBeDefined();
  });
});
