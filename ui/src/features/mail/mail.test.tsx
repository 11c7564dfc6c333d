import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { call, commands, type OutboxMessage, type OutboxState } from "~/ipc";
import { Desk } from "~/ipc/testing/desk.ts";
import { MailServer } from "~/ipc/testing/mailServer.ts";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

/** The messages of the outbox in a state. */
const inState = async (state: OutboxState) =>
  (await call(commands.outboxList({ state, to: null, mailing: null }, 0, 10))).rows;

/** A desk with three messages: one was sent, one failed, and while the server took one the app was ended. */
async function fillOutbox(): Promise<Desk> {
  const server = new MailServer();
  const desk = new Desk();
  const port = await server.listen();
  const from = { from_name: "Careers", from_address: "careers@riverton.example", reply_to: "", authority: "" };
  await desk.begin({ contacts: 30 });
  await call(commands.mailSettingsSet({ host: "127.0.0.1", port, security: "none", user: "", ...from }, null));
  const write = async (name: string) => {
    const id = await desk.add({ first_name: name, last_name: "Lind", email: `${name}@acme.example` });
    await call(commands.mailTo({ kind: "contact", id }, { subject: "The career fair", text: "See you there." }));
  };
  await write("known");
  await write("unknown");
  // Mail goes once the first rows were read.
  await desk.rows("contact");
  await vi.waitFor(async () => expect([await inState("sent"), await inState("failed")].flat()).toHaveLength(2), 20_000);
  await write("slow");
  await server.isTaking;
  desk.kill();
  server.close();
  const again = new Desk({ from: desk.directory });
  desk.end();
  await again.begin({});
  await again.rows("contact");
  await vi.waitFor(async () => expect(await inState("unclear")).toHaveLength(1), 20_000);
  await again.close();
  return again;
}

let filled: Desk | undefined;
beforeAll(async () => {
  filled = await fillOutbox();
}, 60_000);
afterAll(() => filled?.end());

/** Such a desk, and the message of it that is in a state. */
async function withOutbox(state: OutboxState): Promise<{ desk: Desk; message: OutboxMessage }> {
  const desk = await openDesk({ from: filled?.directory ?? "" });
  const [row] = await inState(state);
  return { desk, message: await call(commands.outboxGet(row?.id ?? "")) };
}

it("says in the top bar that a message needs a decision, and leads to it", async () => {
  const user = userEvent.setup();
  const { desk } = await withOutbox("unclear");
  const { router } = await renderOn(desk, "/contacts");
  await user.click(await screen.findByRole("link", { name: "Outbox: 1 message needs your decision" }));
  await waitFor(() => expect(router.state.location.href).toContain("/settings/mail/outbox?state=unclear"));
  expect((await screen.findByRole("radio", { name: "Unclear 1" })).getAttribute("aria-checked")).toBe("true");
});

it("asks about an unclear message before anything is sent again", async () => {
  const { desk, message } = await withOutbox("unclear");
  await renderOn(desk, `/settings/mail/outbox?message=${message.row.id}`);
  const panel = await screen.findByRole("complementary", { name: "Message" });
  await within(panel).findByText("Was this message sent?");
  within(panel).getByText("Liaison closed while the server was accepting the message.");
  within(panel).getByText(message.message_id ?? "no id");
  expect(within(panel).queryByRole("button", { name: "Send again" })).toBeNull();
});

it("says what the server said of a message that failed, and offers to send it again", async () => {
  const { desk, message } = await withOutbox("failed");
  await renderOn(desk, `/settings/mail/outbox?message=${message.row.id}`);
  const panel = await screen.findByRole("complementary", { name: "Message" });
  await within(panel).findByText("The mail server rejected the recipient’s address. Check the address.");
  within(panel).getByText(/550 5.1.1 No such person here/);
  expect(within(panel).getByRole<HTMLButtonElement>("button", { name: "Send again" }).disabled).toBe(false);
});

it("shows a template in a frame where nothing of it runs, and its mistakes at the field", async () => {
  const user = userEvent.setup();
  await renderDesk("/settings/mail/templates");
  const subject = await screen.findByRole("textbox", { name: "Subject" });
  const frame = await screen.findByTitle("The message as Dana Reyes <dana.reyes@acme.example> will see it");
  expect(frame.getAttribute("sandbox")).toBe("");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save as a new template" }).disabled).toBe(true);
  await user.type(subject, " {{{{nickname}}");
  await screen.findByText(/^No such field: nickname\./);
  // The message as it was before the mistake stays in sight.
  screen.getByText("The preview shows the last version without errors.");
});

it("asks for the server only where mail goes through one", async () => {
  const user = userEvent.setup();
  await renderDesk("/settings/mail");
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
  const desk = await openDesk();
  await call(commands.institutionEdit([{ field: "phone", before: null, after: "+1 555 0100" }]));
  const { router } = await renderOn(desk, "/settings/look");
  await user.type(await screen.findByRole("textbox", { name: "Phone" }), "9");
  await user.click(screen.getByRole("link", { name: "Mail" }));
  await user.click(await screen.findByRole("button", { name: "Keep editing" }));
  expect(router.state.location.pathname).toBe("/settings/look");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Phone" }).value).toBe("+1 555 01009");
  await user.click(screen.getByRole("link", { name: "Mail" }));
  await user.click(await screen.findByRole("button", { name: "Leave without saving" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/settings/mail"));
});

it("tries a message on oneself, as the person shown will get it, and says so until the text changes", async () => {
  const user = userEvent.setup();
  const server = new MailServer();
  const desk = await openDesk({ contacts: 20 });
  const port = await server.listen();
  const from = { from_name: "Careers", from_address: "careers@riverton.example", reply_to: "", authority: "" };
  await call(commands.mailSettingsSet({ host: "127.0.0.1", port, security: "none", user: "", ...from }, null));
  for (const name of ["known1", "known2"])
    await desk.add({ first_name: name, last_name: "Zedlind", email: `${name}@acme.example` });
  await renderOn(desk, "/contacts?q=zedlind");
  await waitFor(() => expect(document.querySelectorAll("[data-pinned][role=gridcell]").length).toBe(2));
  await user.keyboard("xjxw");
  const dialog = await screen.findByRole("dialog", { name: "Email to 2 people" });
  const test = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Send me a test" });
  expect(test.disabled).toBe(true);
  await user.type(within(dialog).getByRole("textbox", { name: "Subject" }), "The fair");
  const text = within(dialog).getByRole("textbox", { name: /^Text|^Message/ });
  await user.type(text, "See you there.");
  await user.click(test);
  await within(dialog).findByText(/^Test sent to .+@/);
  expect((await call(commands.outboxList({ state: null, to: null, mailing: null }, 0, 10))).rows).toEqual([]);
  await user.type(text, "!");
  expect(within(dialog).queryByText(/^Test sent/)).toBeNull();
  server.close();
});

it("marks in one step who asked for no more email, and undoes it", async () => {
  const user = userEvent.setup();
  const desk = await openDesk({ contacts: 20 });
  const id = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@acme.example" });
  const { router } = await renderOn(desk, "/contacts");
  await router.navigate({ to: "/contacts/$id", params: { id }, search: {} });
  await user.click(await screen.findByRole("button", { name: "Action" }));
  await user.click(await screen.findByRole("menuitem", { name: "Mark as “Do not email”" }));
  await screen.findByText("“Do not email” set for Zed Duarte.");
  expect((await desk.contact(id)).do_not_email).toBe(true);
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(async () => expect((await desk.contact(id)).do_not_email).toBe(false));
});

it("schedules an outreach, says for when, and the outbox can send it now", async () => {
  const user = userEvent.setup();
  const server = new MailServer();
  const desk = await openDesk({ contacts: 20 });
  const port = await server.listen();
  const from = { from_name: "Careers", from_address: "careers@riverton.example", reply_to: "", authority: "" };
  await call(commands.mailSettingsSet({ host: "127.0.0.1", port, security: "none", user: "", ...from }, null));
  for (const name of ["known1", "known2"])
    await desk.add({ first_name: name, last_name: "Zedlind", email: `${name}@acme.example` });
  const { router } = await renderOn(desk, "/contacts?q=zedlind");
  await waitFor(() => expect(document.querySelectorAll("[data-pinned][role=gridcell]").length).toBe(2));
  await user.keyboard("xjxw");
  const dialog = await screen.findByRole("dialog", { name: "Email to 2 people" });
  await user.type(within(dialog).getByRole("textbox", { name: "Subject" }), "The fair");
  await user.type(within(dialog).getByRole("textbox", { name: /^Text/ }), "See you there.");
  await user.click(await within(dialog).findByRole("checkbox", { name: "Send later" }));
  const act = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Schedule for 2 people" });
  expect(act.disabled).toBe(true);
  await user.click(within(dialog).getByRole("button", { name: "Tomorrow" }));
  await waitFor(() => expect(act.disabled).toBe(false));
  await user.click(act);
  await screen.findByText(/^2 messages will be sent .+\d/);
  const waiting = async () =>
    (await call(commands.outboxList({ state: "waiting", to: null, mailing: null }, 0, 10))).rows;
  const [row] = await waiting();
  expect((await waiting()).every(({ due_at: due }) => due > Date.now() + 3_600_000)).toBe(true);
  await router.navigate({ to: "/settings/mail/outbox", search: { message: row?.id ?? "" } });
  const panel = await screen.findByRole("complementary", { name: "Message" });
  await within(panel).findByText(/^scheduled for /);
  await user.click(within(panel).getByRole("button", { name: "Send now" }));
  await screen.findByText("1 message is in line to be sent.");
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), 20_000);
  server.close();
});
