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
      "Ann Quimby will move to the trash, along with 2 notes and 1 task.",
      "Ann Quimby can still log in. Deleting a contact doesn’t change its employer user.",
      "You can restore this record for at least 30 days. After that, it’s deleted permanently.",
    ]);
  });

  it("counts several; employers have no login of their own", () => {
    expect(willGo(t, preview({ records: 12, can_still_log_in: 4 }), "contact", null)).toEqual([
      "12 contacts will move to the trash.",
      "4 of them can still log in. Deleting contacts doesn’t change employer users.",
      "You can restore these records for at least 30 days. After that, they’re deleted permanently.",
    ]);
    expect(willGo(t, preview({ records: 2 }), "employer", null)).toHaveLength(2);
  });

  it("says nothing goes where all are blocked or gone", () => {
    expect(willGo(t, preview({ records: 0, blocked: 1 }), "contact", "Ann")).toEqual([]);
    expect(willGo(t, preview({ records: 0 }), "contact", "Ann")).toEqual(["This record is no longer here."]);
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
      "Still in use by 3 job listings (Analyst, and 2 more) and 1 experience (No name). Nothing was changed. Change or remove those first.",
    );
  });
});
