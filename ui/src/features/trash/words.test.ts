import { describe, expect, it } from "vitest";
import type { DeletePreview } from "~/ipc";
import { i18next } from "~/kit/i18n/index.ts";
import { errorText } from "~/kit/i18n/words.ts";
import { willGo } from "./words.ts";

const t = i18next.t;

function preview(part: Partial<DeletePreview>): DeletePreview {
  return {
    records: 1,
    along: [],
    blocked: 0,
    blocked_ids: [],
    blocked_records: [],
    can_still_log_in: 0,
    rest_days: 30,
    ...part,
  };
}

describe("what a delete says before", () => {
  it("names one, what goes along, and whether somebody can still log in", () => {
    const along = [
      { kind: "note" as const, count: 2 },
      { kind: "task" as const, count: 1 },
    ];
    expect(willGo(t, preview({ along, can_still_log_in: 1 }), "contact", "Ann Quimby")).toEqual([
      "Ann Quimby goes into the trash, with 2 notes and 1 task.",
      "Ann Quimby can still log in: the employer account is a thing of its own.",
      "It can be restored for at least 30 days. Then it is deleted permanently.",
    ]);
  });

  it("counts several; employers have no login of their own", () => {
    expect(willGo(t, preview({ records: 12, can_still_log_in: 4 }), "contact", null)).toEqual([
      "Into the trash: 12 contacts.",
      "4 of them can still log in: employer accounts are things of their own.",
      "They can be restored for at least 30 days. Then they are deleted permanently.",
    ]);
    expect(willGo(t, preview({ records: 2 }), "employer", null)).toHaveLength(2);
  });

  it("says nothing goes where all are blocked or gone", () => {
    expect(willGo(t, preview({ records: 0, blocked: 1 }), "contact", "Ann")).toEqual([]);
    expect(willGo(t, preview({ records: 0 }), "contact", "Ann")).toEqual(["They are no longer there."]);
  });
});

describe("a refusal", () => {
  it("names what stands in the way", () => {
    const records = [{ id: "1", name: "Analyst" }];
    const blockers = [
      { kind: "job_listing" as const, field: "contact", count: 3, records },
      { kind: "experience" as const, field: "supervisor", count: 1, records: [{ id: "2", name: "" }] },
    ];
    expect(errorText({ code: "blocked", blockers })).toBe(
      "It stays, because others are linked to it: 3 job listings (Analyst, and 2 more) and 1 experience (No name). Nothing was changed.",
    );
  });
});
