import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

it("undoes with u what was done in the queue, and nothing that was done elsewhere", async () => {
  const desk = await openDesk({ contacts: 300, pending: 9 });
  const user = userEvent.setup();
  const approved = await desk.find("approved");
  const { router } = await renderOn(desk, `/contacts/${approved}`);
  await user.click(await screen.findByRole("button", { name: "Edit" }));
  const dialog = await screen.findByRole("dialog", { name: /^Edit/ });
  const title = within(dialog).getByLabelText("Job title");
  await user.clear(title);
  await user.type(title, "Stationmaster");
  await user.keyboard("{Control>}{Enter}{/Control}");
  const now = async () => (await desk.contact(approved)).values.title;
  await waitFor(async () => expect(await now()).toBe("Stationmaster"));

  await router.navigate({ to: "/notifications/contacts" });
  const grid = await screen.findByRole("grid", { name: "Pending Contacts" });
  await screen.findByText("9 left");
  grid.focus();
  await user.keyboard("u");
  expect(await screen.findByText("Nothing to undo in the queue.")).toBeDefined();
  expect(await now()).toBe("Stationmaster");

  await user.keyboard("r");
  await screen.findByText("8 left");
  await user.keyboard("u");
  await screen.findByText("9 left");
  expect(await now()).toBe("Stationmaster");
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(async () => expect(await now()).not.toBe("Stationmaster"));
});
