import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { call, commands } from "~/ipc";
import { openDesk, renderOn } from "~/testing/desk.tsx";

const seen = () => screen.findByRole("grid", { name: "Directory as they see it" });
const count = async () => Number((await seen()).getAttribute("aria-rowcount")) - 1;

describe("view as", () => {
  it("takes the list along, leaves out what they can’t ask, and leads back to the same address", async () => {
    const desk = await openDesk({ contacts: 80 });
    for (const n of [1, 2])
      await desk.add({ first_name: `Zed${n}`, last_name: "Duarte", email: `z${n}@x.example`, visibility: "students" });
    const filter = [
      { field: "title", op: "is_empty", values: [] },
      { field: "approval", op: "is", values: ["approved"] },
    ];
    const { router } = await renderOn(desk, `/contacts?q=zed&filter=${encodeURIComponent(JSON.stringify(filter))}`);
    await screen.findByText("2 contacts");
    const before = router.state.location.href;
    const key = router.state.location.state.__TSR_key;
    const user = userEvent.setup();
    await user.keyboard("v");
    await waitFor(async () => expect(await count()).toBe(2));
    expect(screen.getByRole("searchbox")).toHaveProperty("value", "zed");
    expect(screen.getByRole("button", { name: "Job title is empty" })).toBeDefined();
    await screen.findByText("Filters on fields they can’t see were left out: Approval Status.");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(router.state.location.href).toBe(before));
    expect(router.state.location.state.__TSR_key).toBe(key);
  });

  it("shows what one employer user and one role see", async () => {
    const desk = await openDesk({ contacts: 200 });
    const { id: acme } = await call(commands.employerCreate({ name: "Zephyr Acme" }));
    await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example", employer: acme });
    const { id: role } = await call(commands.roleCreate({ name: "Blind", permissions: [] }));
    const { router } = await renderOn(desk, `/view-as?who=role&role=${role}`);
    await screen.findByText("Choose a role and an employer to see the contacts that users with this role see there.");
    const portal = await screen.findByRole("complementary", { name: "What else they see" });
    await waitFor(() => expect(portal.querySelector("[data-area=people]")?.getAttribute("data-reach")).toBe("hidden"));
    expect(screen.getByText("Employer")).toBeDefined();
    await router.navigate({ to: "/view-as", search: { who: "role", role, employer: acme } } as never);
    await waitFor(async () => expect(await count()).toBe(0));
    await router.navigate({ to: "/view-as", search: { who: "employer_user", employer: acme } } as never);
    await waitFor(async () => expect(await count()).toBe(1));

    const [someone] = await desk.rows("employer_user", [
      { field: "access", op: "is", values: ["true"] },
      { field: "contact", op: "is_not_empty", values: [] },
    ]);
    await router.navigate({ to: "/view-as", search: { who: "user", user: someone?.id } } as never);
    await screen.findByText(/^Role: /);
    expect(someone?.name).not.toBe("");
    await screen.findByText(`You see what ${someone?.name} sees.`);
  });

  it("begins at a contact with its employer", async () => {
    const desk = await openDesk({ contacts: 40 });
    const { id: acme } = await call(commands.employerCreate({ name: "Zephyr Acme" }));
    const zed = await desk.add({ first_name: "Zed", last_name: "Duarte", email: "zed@x.example", employer: acme });
    const { router } = await renderOn(desk, `/contacts/${zed}?tab=notes`);
    await screen.findByRole("button", { name: /Action/ });
    const before = router.state.location.href;
    const user = userEvent.setup();
    await user.keyboard("v");
    const banner = await screen.findByRole("region", { name: "View as" });
    await user.click(within(banner).getByRole("button", { name: /View as/ }));
    await user.click(await screen.findByRole("option", { name: "Any employer user" }));
    await screen.findByText("You see what employer users at Zephyr Acme see.");
    await user.click(within(banner).getByRole("button", { name: "Leave" }));
    await waitFor(() => expect(router.state.location.href).toBe(before));
  });
});
