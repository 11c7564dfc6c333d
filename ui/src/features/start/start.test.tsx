import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { PASSCODE } from "~/ipc/testing/program.ts";
import { openDesk, recoveryKey, renderDesk, renderOn } from "~/testing/desk.tsx";
import { groupsOf, passcodeProblem, type SetupForm, setupInput } from "./setup.ts";

const form: SetupForm = {
  institution: " Riverton University ",
  firstName: "Morgan",
  lastName: "Ellery",
  email: "morgan@riverton.example ",
  timeZone: "America/Denver",
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
      time_zone: "America/Denver",
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

/** The app before a desk that somebody locked. */
async function lockedDesk() {
  const desk = await openDesk({ contacts: 3 });
  await call(commands.lock());
  return renderOn(desk, "/");
}

describe("the first start", () => {
  it("shows what is wrong at its field, then the recovery key, and opens only when that is kept", async () => {
    const { desk } = await renderDesk("/", { phase: "setup" });
    const user = userEvent.setup();
    // There is no keychain here: the data is protected by a passcode. Every empty field says what it needs at once.
    await user.click(await screen.findByRole("button", { name: "Set up Liaison" }));
    for (const missing of [
      "At least 12 characters.",
      "Enter the institution’s name.",
      "Enter a first name.",
      "Enter a last name.",
      "Enter an email address.",
    ])
      expect(await screen.findAllByText(missing)).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Institution" })));
    await user.type(screen.getByLabelText("Passcode"), PASSCODE);
    await user.type(screen.getByLabelText("Confirm passcode"), `${PASSCODE} `);
    await user.click(screen.getByRole("button", { name: "Set up Liaison" }));
    await screen.findByText("The passcodes don’t match. Enter the same one twice.");
    expect(await screen.findAllByText("Enter a first name.")).toHaveLength(1);
    await user.type(screen.getByLabelText("Confirm passcode"), "{Backspace}");
    await user.type(screen.getByRole("textbox", { name: "Institution" }), "Riverton");
    await user.type(screen.getByRole("textbox", { name: "First name" }), "Morgan");
    await user.type(screen.getByRole("textbox", { name: "Last name" }), "Ellery");
    await user.type(screen.getByRole("textbox", { name: "Your email" }), "morgan@riverton.example");
    await user.click(screen.getByRole("radio", { name: /Sample data/ }));
    await user.click(screen.getByRole("button", { name: "Set up Liaison" }));
    expect((await screen.findByRole("status", { name: "Recovery key" })).textContent).toMatch(/^[A-Z0-9]{4}-/);
    const open = screen.getByRole("button", { name: "Continue" });
    expect(open).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("checkbox", { name: /I’ve saved it/ }));
    await user.click(open);
    // The page draws itself anew once the preview is there.
    await screen.findByText("Designed");
    await user.click(await screen.findByRole("button", { name: "Later" }));
    expect(await screen.findByText(/^Good (morning|afternoon|evening), Morgan$/)).toBeDefined();
    const anywhere = { field: "approval", op: "is" as const, values: ["pending", "approved", "rejected"] };
    expect(await desk.total("contact", [anywhere])).toBe(200);
  });
});

describe("the locked desk", () => {
  it("says when the passcode is wrong, and opens with the right one", async () => {
    await lockedDesk();
    const user = userEvent.setup();
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, "wrong{Enter}");
    expect(await screen.findByText(/not a passcode or recovery key/)).toBeDefined();
    await user.clear(field);
    await user.type(field, `${PASSCODE}{Enter}`);
    await waitFor(() => expect(screen.getByText(/, Morgan$/)).toBeDefined());
  });

  it("counts down after several wrong passcodes, and takes the next one then", async () => {
    const { desk } = await lockedDesk();
    // As after the sixth wrong one; the seconds would be fewer by as long as this test takes to type six.
    desk.stand("unlock", () => {
      throw { code: "too_soon", seconds: 2 };
    });
    const user = userEvent.setup();
    await user.type(await screen.findByLabelText("Passcode or recovery key"), "wrong{Enter}");
    expect(await screen.findByText(/You can try again in 2 seconds/)).toBeDefined();
    const unlock = screen.getByRole("button", { name: "Unlock" });
    expect(unlock).toHaveProperty("disabled", true);
    expect(await screen.findByText(/You can try again in 1 second\./)).toBeDefined();
    await waitFor(() => expect(unlock).toHaveProperty("disabled", false));
    expect(screen.queryByRole("timer")).toBeNull();
  });
});

describe("the recovery key", () => {
  it("opens nothing by itself: it sets a passcode, shows the new key, and then the passcode opens", async () => {
    await lockedDesk();
    const user = userEvent.setup();
    const field = await screen.findByLabelText("Passcode or recovery key");
    await user.type(field, `${recoveryKey()}{Enter}`);
    await user.type(await screen.findByLabelText("New passcode"), "four unrelated words here");
    await user.type(screen.getByLabelText("Confirm passcode"), "four unrelated word");
    await user.click(screen.getByRole("button", { name: "Set passcode" }));
    expect(await screen.findByText("The passcodes don’t match. Enter the same one twice.")).toBeDefined();
    await user.type(screen.getByLabelText("Confirm passcode"), "s here");
    await user.click(screen.getByRole("button", { name: "Set passcode" }));
    const shown = (await screen.findByRole("status", { name: "Recovery key" })).textContent;
    expect(shown).toMatch(/^[A-Z0-9]{4}-/);
    expect(shown, "a new one").not.toBe(recoveryKey());
    expect(screen.getByRole("button", { name: "Continue" })).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("checkbox", { name: /I’ve saved it/ }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(screen.getByText(/, Morgan$/)).toBeDefined());
  });
});

describe("Home", () => {
  it("counts what waits, each number a way to its list", async () => {
    const desk = await openDesk({ contacts: 300, pending: 7 });
    const employers = await desk.total("employer");
    await renderOn(desk, "/");
    const waits = await screen.findByRole("link", { name: /^7 ?pending contacts/ });
    expect(waits.getAttribute("href")).toContain("/notifications/contacts");
    expect(screen.getByRole("link", { name: new RegExp(`^${employers} ?employers`) })).toBeDefined();
  });

  it("leads an empty desk to the import and to sample data", async () => {
    const { desk } = await renderDesk("/");
    const user = userEvent.setup();
    expect(await screen.findByRole("button", { name: "Import contacts" })).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Add sample data" }));
    await user.click(await screen.findByRole("menuitem", { name: "2,000 contacts" }));
    const anywhere = { field: "approval", op: "is" as const, values: ["pending", "approved", "rejected"] };
    await waitFor(async () => expect(await desk.total("contact", [anywhere])).toBe(2000));
    expect(await screen.findByRole("link", { name: /contacts in the directory/ })).toBeDefined();
  });
});
