import { describe, expect, it } from "vitest";
import { i18next } from "~/kit/i18n/index.ts";
import { doneWords, previewSentences } from "./words.ts";

const t = i18next.t;
const many = { name: null, origin: "queue" as const };

describe("what a review will do", () => {
  it("says to how many, and who can still log in", () => {
    const preview = { contacts: 12, skipped: 0, users: 0, can_still_log_in: 4 };
    expect(previewSentences(t, "reject", preview, { name: null, origin: "directory" })).toEqual([
      "12 contacts leave the directory. Nothing is deleted; their data is frozen until they are approved again.",
      "4 of them can still log in.",
    ]);
  });

  it("says that approving gives no access", () => {
    const preview = { contacts: 1200, skipped: 3, users: 0, can_still_log_in: 0 };
    expect(previewSentences(t, "approve", preview, many)).toEqual([
      "1,200 contacts join the directory.",
      "Nobody gets access by this: none of them can log in.",
      "3 are approved already and stay as they are.",
    ]);
  });

  it("keeps access and directory apart for one person", () => {
    const preview = { contacts: 1, skipped: 0, users: 1, can_still_log_in: 0 };
    expect(previewSentences(t, "reject_and_revoke", preview, { name: "Ana Ruiz", origin: "queue" })).toEqual([
      "Ana Ruiz stays out of the directory. Nothing is deleted; the data is frozen until the contact is approved again.",
      "The linked user can no longer log in.",
    ]);
    expect(
      previewSentences(t, "approve_and_assign", { ...preview, users: 0 }, { name: "Ana Ruiz", origin: "queue" }),
    ).toEqual([
      "Ana Ruiz joins the directory.",
      "Ana Ruiz has no account, so no role is assigned.",
      "Access is neither turned on nor off.",
    ]);
  });
});

describe("what a review did", () => {
  const done = { operation: "1", changed: 1, skipped: 0, users: 0 };

  it("names the one contact", () => {
    expect(doneWords(t, "approve", done, "Ana Ruiz", "")).toBe("Ana Ruiz is in the directory.");
    expect(doneWords(t, "reject_and_revoke", { ...done, users: 1 }, "Ana Ruiz", "")).toBe(
      "Ana Ruiz is rejected and can't log in.",
    );
  });

  it("does not claim a role or a revoked access that nobody had", () => {
    expect(doneWords(t, "reject_and_revoke", done, "Ana Ruiz", "")).toBe("Ana Ruiz is rejected.");
    expect(doneWords(t, "approve_and_assign", { ...done, changed: 5 }, null, "Recruiter")).toBe("5 contacts approved.");
  });

  it("counts users apart from contacts", () => {
    expect(doneWords(t, "approve_and_assign", { ...done, changed: 5, users: 2 }, null, "Recruiter")).toBe(
      "5 contacts approved. 2 users have the role Recruiter.",
    );
  });

  it("says when there was nothing to do", () => {
    expect(doneWords(t, "approve", { ...done, operation: null, changed: 0, skipped: 3 }, null, "")).toBe(
      "Nothing to change: it was so already.",
    );
  });
});
