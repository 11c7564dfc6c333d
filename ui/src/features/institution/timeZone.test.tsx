import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { renderDesk } from "~/testing/desk.tsx";

it("chooses the institution’s time zone from a list that is searched, and tells times by it at once", async () => {
  const { router } = await renderDesk("/settings/look");
  const user = userEvent.setup();
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: /Time zone/ });
  await user.clear(field);
  await user.type(field, "denver");
  await user.click(await screen.findByRole("option", { name: "Mountain Time (Denver)" }));
  expect(field.value).toBe("Mountain Time (Denver)");
  await user.click(screen.getByRole("button", { name: "Save changes" }));
  await screen.findByText("UI Customization updated.");
  expect(await call(commands.institutionLook())).toMatchObject({ time_zone: "America/Denver" });
  expect((await call(commands.appState())).time_zone).toEqual({ name: "America/Denver", is_elsewhere: true });
  // This computer shows another time, so times say which they are.
  await router.navigate({ to: "/settings/security", search: {} } as never);
  await waitFor(() => expect(document.querySelector("time")?.title).toMatch(/[AP]M MT$/));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(async () =>
    expect(await call(commands.institutionLook())).not.toMatchObject({ time_zone: "America/Denver" }),
  );
});

it("keeps its time zone when the field is emptied and left", async () => {
  await renderDesk("/settings/look");
  const before = (await call(commands.institutionLook())).time_zone;
  const user = userEvent.setup();
  const field = await screen.findByRole<HTMLInputElement>("combobox", { name: /Time zone/ });
  const shown = field.value;
  await user.clear(field);
  await user.tab();
  await waitFor(() => expect(field.value).toBe(shown));
  expect((await call(commands.institutionLook())).time_zone).toBe(before);
});
