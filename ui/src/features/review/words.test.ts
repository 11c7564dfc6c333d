import { describe, expect, it } from "vitest";
import type { Approval, ReviewPreview } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { doneWords, previewSentences, undoneWords } from "./words.ts";

const t = i18next.t;
const many = (before: Approval | null = "pending") => ({ name: null, before });
const ana = (before: Approval | null = "pending") => ({ name: "Ana Ruiz", before });
const said = { role: "Recruiter", decided: 1 };
const previewOf = (some: Partial<ReviewPreview>): ReviewPreview => ({
  contacts: 1,
  skipped: 0,
  decided: some.contacts ?? 1,
  users: 0,
  users_already: 0,
  can_still_log_in: 0,
  ...some,
});

describe("what a review will do", () => {
  it("says to how many, and who can still log in", () => {
    const preview = previewOf({ contacts: 12, can_still_log_in: 4 });
    expect(previewSentences(t, "reject", preview, many("approved"))).toEqual([
      "12 contacts will be rejected and leave the directory. Nothing is deleted, and their data is frozen until they’re approved again.",
      "4 linked users can still log in.",
    ]);
    expect(previewSentences(t, "reject", preview, many(null))[0]).toContain("kept out of the directory");
  });

  it("says that approving gives no access", () => {
    const preview = previewOf({ contacts: 1200, skipped: 3 });
    expect(previewSentences(t, "approve", preview, many())).toEqual([
      "1,200 contacts will join the directory.",
      "3 contacts are already approved.",
      "Access doesn’t change: none of them can log in.",
    ]);
  });

  it("tells who has the role already from who has no login", () => {
    const assign = (users: number, users_already: number) =>
      previewSentences(t, "approve_and_assign", previewOf({ contacts: 22, users, users_already }), many()).slice(1);
    expect(assign(0, 6)).toEqual(["6 linked users already have this role.", "No one’s access is turned on or off."]);
    expect(assign(2, 1)).toEqual([
      "2 linked users will get this role.",
      "1 linked user already has this role.",
      "No one’s access is turned on or off.",
    ]);
    expect(assign(0, 0)).toEqual(["None of them has a login, so no role is assigned."]);
  });

  it("tells who can't log in already from who has no login", () => {
    const revoke = (users: number, users_already: number) =>
      previewSentences(t, "reject_and_revoke", previewOf({ contacts: 5, users, users_already }), many()).slice(1);
    expect(revoke(1, 0)).toEqual(["1 linked user will no longer be able to log in."]);
    expect(revoke(0, 2)).toEqual(["2 linked users already can’t log in."]);
    expect(revoke(0, 0)).toEqual(["None of them has a login, so no access changes."]);
  });

  it("does not call approved contacts new because their users get a role", () => {
    const preview = previewOf({ contacts: 8, decided: 5, users: 4, skipped: 1 });
    expect(previewSentences(t, "approve_and_assign", preview, many(null))).toEqual([
      "5 contacts will join the directory.",
      "4 contacts are already approved.",
      "4 linked users will get this role.",
      "No one’s access is turned on or off.",
    ]);
  });

  it("keeps access and directory apart for one person", () => {
    const preview = previewOf({ users: 1 });
    expect(previewSentences(t, "reject_and_revoke", preview, ana())).toEqual([
      "Ana Ruiz will be rejected and kept out of the directory. Nothing is deleted, and the contact’s data is frozen until it’s approved.",
      "Ana Ruiz will no longer be able to log in.",
    ]);
    expect(previewSentences(t, "reject_and_revoke", { ...preview, decided: 0 }, ana("rejected"))).toEqual([
      "Ana Ruiz is already rejected.",
      "Ana Ruiz will no longer be able to log in.",
    ]);
    expect(previewSentences(t, "approve_and_assign", previewOf({}), ana())).toEqual([
      "Ana Ruiz will join the directory.",
      "Ana Ruiz has no login, so no role is assigned.",
    ]);
    expect(previewSentences(t, "approve_and_assign", previewOf({ users_already: 1 }), ana())).toEqual([
      "Ana Ruiz will join the directory.",
      "Ana Ruiz already has this role.",
      "Access isn’t turned on or off.",
    ]);
    expect(previewSentences(t, "reject", previewOf({ can_still_log_in: 1 }), ana())[1]).toBe(
      "Ana Ruiz can still log in.",
    );
  });
});

describe("what a review did", () => {
  const done = { operation: "1", changed: 1, skipped: 0, users: 0 };

  it("names the one contact", () => {
    const one = { ...ana(), ...said };
    expect(doneWords(t, "approve", done, one)).toBe("Ana Ruiz approved.");
    expect(doneWords(t, "reject_and_revoke", { ...done, users: 1 }, one)).toBe(
      "Ana Ruiz rejected and can no longer log in.",
    );
    expect(doneWords(t, "reject_and_revoke", { ...done, users: 1 }, { ...ana("rejected"), ...said, decided: 0 })).toBe(
      "Ana Ruiz can no longer log in.",
    );
    expect(doneWords(t, "approve_and_assign", { ...done, users: 1 }, one)).toBe(
      "Ana Ruiz approved and now has the role Recruiter.",
    );
    expect(doneWords(t, "approve_and_assign", { ...done, users: 1 }, { ...ana(null), ...said, decided: 0 })).toBe(
      "Ana Ruiz now has the role Recruiter.",
    );
    expect(doneWords(t, "approve_and_assign", { ...done, users: 2 }, one)).toBe(
      "Ana Ruiz approved. 2 users now have the role Recruiter.",
    );
  });

  it("does not claim a role or a revoked access that nobody had", () => {
    expect(doneWords(t, "reject_and_revoke", done, { ...ana(), ...said })).toBe("Ana Ruiz rejected.");
    const five = { ...many(), ...said, decided: 5 };
    expect(doneWords(t, "approve_and_assign", { ...done, changed: 5 }, five)).toBe("5 contacts approved.");
  });

  it("counts users apart from contacts", () => {
    const five = { ...many(), ...said, decided: 5 };
    expect(doneWords(t, "approve_and_assign", { ...done, changed: 5, users: 2 }, five)).toBe(
      "5 contacts approved, 2 users now have the role Recruiter.",
    );
    expect(
      doneWords(
        t,
        "reject_and_revoke",
        { ...done, changed: 5, users: 2 },
        { ...many("rejected"), ...said, decided: 0 },
      ),
    ).toBe("2 users can no longer log in.");
  });

  it("does not count contacts that were approved before", () => {
    const mixed = { ...many(null), ...said, decided: 3 };
    expect(doneWords(t, "approve_and_assign", { ...done, changed: 5, users: 4 }, mixed)).toBe(
      "3 contacts approved, 4 users now have the role Recruiter.",
    );
  });

  it("says when there was nothing to do", () => {
    const nothing = { ...done, operation: null, changed: 0, skipped: 3 };
    expect(doneWords(t, "approve", nothing, { ...many(), ...said, decided: 0 })).toBe(
      "Nothing changed. They were already approved.",
    );
    expect(doneWords(t, "approve", { ...nothing, skipped: 1 }, { ...ana(), ...said, decided: 0 })).toBe(
      "Nothing changed. Ana Ruiz was already approved.",
    );
  });
});

describe("what is true again after an undo", () => {
  const done = { operation: "1", changed: 1, skipped: 0, users: 0 };

  it("names the one contact", () => {
    expect(undoneWords(t, "reject", done, { ...ana(), ...said })).toBe("Ana Ruiz is pending again.");
    expect(undoneWords(t, "reject", done, { ...ana("approved"), ...said })).toBe("Ana Ruiz is approved again.");
    expect(undoneWords(t, "reject", done, { ...ana(null), ...said })).toBe(
      "Ana Ruiz has the same approval status as before.",
    );
    expect(undoneWords(t, "reject_and_revoke", { ...done, users: 1 }, { ...ana(), ...said })).toBe(
      "Ana Ruiz is pending and can log in again.",
    );
    expect(undoneWords(t, "approve_and_assign", { ...done, users: 2 }, { ...ana(), ...said })).toBe(
      "Ana Ruiz is pending again. 2 users have the same roles as before.",
    );
  });

  it("does not speak of an approval that never changed", () => {
    const one = { ...ana("approved"), ...said, decided: 0 };
    expect(undoneWords(t, "approve_and_assign", { ...done, users: 1 }, one)).toBe(
      "Ana Ruiz has the same role as before.",
    );
    expect(undoneWords(t, "approve_and_assign", { ...done, users: 2 }, one)).toBe(
      "2 users have the same roles as before.",
    );
    expect(
      undoneWords(t, "reject_and_revoke", { ...done, users: 1 }, { ...ana("rejected"), ...said, decided: 0 }),
    ).toBe("Ana Ruiz can log in again.");
  });

  it("counts contacts and users", () => {
    const of = (before: Approval | null, decided: number) => ({ ...many(before), ...said, decided });
    expect(undoneWords(t, "approve", { ...done, changed: 22 }, of("pending", 22))).toBe(
      "22 contacts are pending again.",
    );
    expect(undoneWords(t, "reject_and_revoke", { ...done, changed: 22, users: 1 }, of("approved", 22))).toBe(
      "22 contacts are approved again, 1 user can log in again.",
    );
    expect(undoneWords(t, "approve_and_assign", { ...done, changed: 6, users: 6 }, of("approved", 0))).toBe(
      "6 users have the same roles as before.",
    );
    expect(undoneWords(t, "reject", { ...done, changed: 22 }, of(null, 22))).toBe(
      "22 contacts have the same approval status as before.",
    );
  });
});
