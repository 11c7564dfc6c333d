import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { type Condition, call, commands } from "~/ipc";
import type { Desk } from "~/ipc/testing/desk.ts";
import { openDesk, renderDesk, renderOn } from "~/testing/desk.tsx";

const CLAIMED: Condition = { field: "confirmation", op: "is", values: ["claimed"] };

/** The claimed employers of the sample, each with whoever waits there and the employers it is like. */
async function claimsOf(desk: Desk) {
  const found = [];
  for (const { id, name } of await desk.rows("employer", [CLAIMED])) {
    const people = await desk.rows("contact", [
      { field: "employer", op: "is", values: [id] },
      { field: "approval", op: "is", values: ["pending"] },
    ]);
    const claim = await call(commands.employerClaim(id));
    found.push({ id, name, person: people[0]?.name ?? "", like: claim?.like ?? [] });
  }
  const [there] = found.filter(({ like }) => like.length > 0);
  const [isNew] = found.filter(({ like }) => like.length === 0);
  if (!there || !isNew) throw new Error("the sample has no such claims");
  return { there, isNew };
}

const confirmation = async (id: string) => (await call(commands.employerGet(id))).values.confirmation;

/** The queue with one person in it, the keyboard on them. */
async function openQueue(desk: Desk, person: string) {
  await renderOn(desk, `/notifications/contacts?q=${encodeURIComponent(person)}`);
  const grid = await screen.findByRole("grid", { name: "Pending Contacts" });
  const panel = await screen.findByRole("region", { name: "Employer claimed" });
  grid.focus();
  return { panel, user: userEvent.setup() };
}

describe("a claimed employer in the queue", () => {
  it("is the same as one that is there by one key, and apart again", { timeout: 60_000 }, async () => {
    const desk = await openDesk({ contacts: 1_000 });
    const { there } = await claimsOf(desk);
    const { panel, user } = await openQueue(desk, there.person);
    expect(within(panel).getAllByRole("link")[0]?.textContent).toBe(there.like[0]?.name);
    await user.keyboard("s");
    await screen.findByText(`${there.name} (claimed) merged into ${there.like[0]?.name}.`);
    await waitFor(() => expect(screen.queryByRole("region", { name: "Employer claimed" })).toBeNull());
    expect((await call(commands.employerGet(there.id))).id).toBe(there.like[0]?.id);
    await user.keyboard("u");
    await screen.findByText(`Undone. ${there.name} is a separate, claimed employer again.`);
    expect(await confirmation(there.id)).toBe("claimed");
    await screen.findByRole("region", { name: "Employer claimed" });
  });

  it("is new by another key, and claimed again", { timeout: 60_000 }, async () => {
    const desk = await openDesk({ contacts: 1_000 });
    const { isNew } = await claimsOf(desk);
    const { panel, user } = await openQueue(desk, isNew.person);
    expect(within(panel).getByText("No other employer looks like it.")).toBeDefined();
    await user.keyboard("s");
    await screen.findByText(/^No other employer looks like this one\./);
    await user.keyboard("i");
    await screen.findByText(`${isNew.name} confirmed as an employer of its own.`);
    expect(await confirmation(isNew.id)).toBe("confirmed");
    await waitFor(() => expect(screen.queryByRole("region", { name: "Employer claimed" })).toBeNull());
    await user.keyboard("u");
    await screen.findByText(`Undone. ${isNew.name} is claimed again.`);
    expect(await confirmation(isNew.id)).toBe("claimed");
  });

  it("offers nothing to whoever may not edit or merge", { timeout: 60_000 }, async () => {
    const desk = await openDesk({ contacts: 1_000 });
    const { there } = await claimsOf(desk);
    await desk.colleague("Vera", "Holt", ["view_contacts"]);
    const { panel } = await openQueue(desk, there.person);
    expect(within(panel).queryAllByRole("button")).toEqual([]);
    await desk.back();
  });
});

describe("employers", () => {
  it("say beside their names that they are claimed, and are found by it", { timeout: 60_000 }, async () => {
    const desk = await openDesk({ contacts: 1_000 });
    const { there, isNew } = await claimsOf(desk);
    const filter = encodeURIComponent(JSON.stringify([CLAIMED]));
    const { router } = await renderOn(desk, `/employers?filter=${filter}`);
    const grid = await screen.findByRole("grid", { name: "List of employers" });
    const row = (await within(grid).findByText(isNew.name)).closest("[role=row]") as HTMLElement;
    expect(within(row).getByText("Claimed")).toBeDefined();
    expect(grid.getAttribute("aria-rowcount")).toBe("3");
    await router.navigate({ to: "/employers/$id", params: { id: there.id }, search: {} } as never);
    const panel = await screen.findByRole("region", { name: "Employer claimed" });
    const user = userEvent.setup();
    await user.click(within(panel).getByRole("button", { name: `Same employer as ${there.like[0]?.name}` }));
    // The old link leads on to the employer it is now.
    await waitFor(() => expect(router.state.location.pathname).toBe(`/employers/${there.like[0]?.id}`));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Employer claimed" })).toBeNull());
  });

  it("take a suggested domain with one click, and refuse one that is shared", async () => {
    const desk = await openDesk();
    const acme = (await call(commands.employerCreate({ name: "Acme", website: "https://www.acme.com" }))).id;
    await desk.add({ first_name: "Ann", last_name: "Lee", email: "ann@acme.example", employer: acme });
    await renderOn(desk, `/employers/${acme}`);
    const user = userEvent.setup();
    const domains = async () => (await call(commands.employerGet(acme))).values.email_domains ?? null;
    await user.click(await screen.findByRole("button", { name: "Add acme.com" }));
    await screen.findByText("acme.com is now an email domain of Acme.");
    expect(await domains()).toEqual(["acme.com"]);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Add acme.com" })).toBeNull());
    await user.click(screen.getByRole("button", { name: "Add acme.example" }));
    await waitFor(async () => expect(await domains()).toEqual(["acme.com", "acme.example"]));
    const shared = call(
      commands.employerEdit(acme, [{ field: "email_domains", before: await domains(), after: ["gmail.com"] }]),
    );
    await expect(shared).rejects.toMatchObject({ detail: { code: "validation" } });
  });
});

describe("UI Customization", () => {
  it("says who can sign up in the portal, and what employers read there", async () => {
    await renderDesk("/settings/look");
    const user = userEvent.setup();
    const form = within(await screen.findByRole("form", { name: "Sign-up for employers" }));
    await user.click(form.getByRole("button", { name: /Who can sign up/ }));
    await user.click(await screen.findByRole("option", { name: "Only people you have invited" }));
    await user.type(form.getByRole("textbox", { name: /^Text for employers/ }), "Meet our students.");
    await user.click(form.getByRole("button", { name: "Save sign-up settings" }));
    await screen.findByText("Sign-up settings updated.");
    const { sign_up, hire_text } = await call(commands.invitationSettings());
    expect([sign_up, hire_text]).toEqual(["by_invitation", "Meet our students."]);
  });
});
