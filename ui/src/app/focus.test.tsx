import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { openDesk, renderOn } from "~/testing/desk.tsx";

describe("the focus", () => {
  it("is on every page that one goes to, and never on the body", async () => {
    const desk = await openDesk({ contacts: 30 });
    const [contact] = await desk.rows("contact");
    const [employer] = await desk.rows("employer");
    const [user] = await desk.rows("employer_user");
    const [student] = await desk.rows("student");
    const ids: Record<string, string | undefined> = {
      "/contacts/$id": contact?.id,
      "/view-as/$id": contact?.id,
      "/employers/$id": employer?.id,
      "/settings/employer-users/$id": user?.id,
      "/students/$id": student?.id,
    };
    const { router } = await renderOn(desk, "/history");
    await screen.findByRole("main");
    const paths = Object.keys(router.routesByPath).filter((path) => !path.includes("$") || ids[path] !== undefined);
    expect(paths.length).toBeGreaterThan(25);
    for (const path of paths) {
      // As after a click on what is outside the page.
      screen.getAllByRole("button").at(-1)?.focus();
      await router.navigate({ to: path, params: { id: ids[path] } } as never);
      await waitFor(() => expect(router.state.location.pathname).toBe(path.replace("$id", ids[path] ?? "")));
      const main = screen.getByRole("main");
      await waitFor(() => expect(main.contains(document.activeElement), path).toBe(true));
      // A ring around all of the page says nothing of where one is.
      const isAllOfIt = () => document.activeElement === main || document.activeElement?.matches("section[aria-label]");
      await waitFor(() => expect(isAllOfIt(), path).toBe(false));
    }
  }, 120_000);

  it("is on the page that the palette led to", async () => {
    const desk = await openDesk({ contacts: 30 });
    const { router } = await renderOn(desk, "/contacts");
    await screen.findByRole("grid", { name: "Contact Directory" });
    // From outside the page, where the palette gives the focus back to.
    screen.getByRole("button", { name: "Appearance" }).focus();
    const user = userEvent.setup();
    await user.keyboard("{Control>}k{/Control}");
    const palette = within(await screen.findByRole("dialog"));
    await user.type(await palette.findByLabelText("Search or jump to…", { selector: "input" }), "security");
    await user.click(await palette.findByRole("menuitem", { name: /Security/ }));
    await waitFor(() => expect(router.state.location.pathname).toMatch(/security/));
    await waitFor(() => expect(screen.getByRole("main").contains(document.activeElement)).toBe(true));
  });

  it("comes back from what vanished", async () => {
    const desk = await openDesk({ contacts: 30 });
    await renderOn(desk, "/contacts?q=nobodyatallxyz");
    await userEvent.setup().click(await screen.findByRole("button", { name: "Clear search and filters" }));
    const grid = await screen.findByRole("grid", { name: "Contact Directory" });
    await waitFor(() => expect(document.activeElement).toBe(grid));
  });
});
