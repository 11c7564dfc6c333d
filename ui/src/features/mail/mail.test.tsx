import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderApp } from "~/testing/app.tsx";

it("says in the top bar that a message needs a decision, and leads to it", async () => {
  const user = userEvent.setup();
  const { router } = await renderApp("/contacts");
  await user.click(await screen.findByRole("link", { name: "Outbox: 1 message needs your decision" }));
  await waitFor(() => expect(router.state.location.href).toContain("/settings/mail/outbox?state=unclear"));
  expect((await screen.findByRole("radio", { name: "Unclear 1" })).getAttribute("aria-checked")).toBe("true");
});

it("asks about an unclear message before anything is sent again", async () => {
  await renderApp("/settings/mail/outbox?message=message-1");
  const panel = await screen.findByRole("complementary", { name: "Message" });
  await within(panel).findByText("Was this message sent?");
  within(panel).getByText("Liaison ended while the server was taking it.");
  within(panel).getByText("<message-1@riverton.example>");
  expect(within(panel).queryByRole("button", { name: "Send again" })).toBeNull();
});

it("says what the server said of a message that failed, and offers to send it again", async () => {
  await renderApp("/settings/mail/outbox?message=message-2");
  const panel = await screen.findByRole("complementary", { name: "Message" });
  await within(panel).findByText("The server does not deliver to this address.");
  within(panel).getByText(/550 5.1.1 No such person here/);
  expect(within(panel).getByRole<HTMLButtonElement>("button", { name: "Send again" }).disabled).toBe(false);
});

it("shows a template in a frame where nothing of it runs, and its mistakes at the field", async () => {
  const user = userEvent.setup();
  await renderApp("/settings/mail/templates");
  const subject = await screen.findByRole("textbox", { name: "Subject" });
  const frame = await screen.findByTitle("The message as Dana Reyes <dana.reyes@acme.example> will see it");
  expect(frame.getAttribute("sandbox")).toBe("");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save as your own" }).disabled).toBe(true);
  await user.type(subject, " {{{{nickname}}");
  await screen.findByText("There is no field for nickname.");
  // The message as it was before the mistake stays in sight.
  screen.getByText("The preview is of the last text without mistakes.");
});

it("asks for the server only where mail goes through one", async () => {
  const user = userEvent.setup();
  await renderApp("/settings/mail");
  const own = await screen.findByRole<HTMLInputElement>("radio", { name: /Through my own mail program/ });
  expect(own.checked).toBe(true);
  expect(screen.queryByRole("textbox", { name: "Server" })).toBeNull();
  await user.click(screen.getByRole("radio", { name: /Through a mail server/ }));
  screen.getByRole("textbox", { name: "Server" });
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Port" }).value).toBe("465");
  expect(screen.getByRole("button", { name: /Security/ }).textContent).toContain("TLS");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send test message" }).disabled).toBe(true);
});

it("asks before a page with something typed in it is left", async () => {
  const user = userEvent.setup();
  const { router } = await renderApp("/settings/look");
  await user.type(await screen.findByRole("textbox", { name: "Phone" }), "9");
  await user.click(screen.getByRole("link", { name: "Mail" }));
  await user.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(router.state.location.pathname).toBe("/settings/look");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Phone" }).value).toBe("+1 555 01009");
  await user.click(screen.getByRole("link", { name: "Mail" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/settings/mail"));
});
