import { describe, expect, it } from "vitest";
import {
  BACKUP_PROBLEM,
  CHOICES,
  COMMAND_ERROR,
  type CommandError,
  DESK_PERMISSIONS,
  FIELD_GROUP,
  FILE_PROBLEM,
  GUESSED_BY,
  HUB_PROBLEM,
  LIMITS,
  OPERATION_KIND,
  PERMISSION,
  PORTAL_PERMISSION,
  PORTAL_PERMISSIONS,
  PROBLEM,
  RECORD_KIND,
  SCHEMA,
  STORAGE_PROBLEM,
  TEMPLATE_PLACES,
  WRITE_PROBLEM,
} from "~/ipc";
import { i18next } from "./index.ts";
import { english } from "./resources.ts";
import { choiceLabel, errorText, fieldLabel, problemText } from "./words.ts";

/** Errors that say what their problem is, and no more. */
const SAID_BY_THEIR_PROBLEM = ["unreadable_file"];

const exists = i18next.exists as (key: string) => boolean;

describe("every word on the screen is in the catalogue", () => {
  it("kinds of records", () => {
    expect(SCHEMA.map(({ kind }) => kind)).toEqual(RECORD_KIND);
    for (const kind of RECORD_KIND) expect(exists(`fields.kind.${kind}`), kind).toBe(true);
  });

  it.each(SCHEMA)("fields of $kind", ({ kind, fields }) => {
    expect(fields.length).toBeGreaterThan(kind === "contact" ? 30 : 2);
    const keys = [...fields.map(({ key }) => key), "deleted_at"];
    const missing = keys.filter((key) => !exists(`fields.${kind}.${key}`));
    expect(missing).toEqual([]);
  });

  it("groups of fields", () => {
    for (const group of FIELD_GROUP) expect(exists(`fields.group.${group}`), group).toBe(true);
  });

  it.each(Object.entries(CHOICES))("choices of %s", (_, fields) => {
    for (const [field, choices] of Object.entries<readonly string[]>(fields)) {
      expect(choices.length, field).toBeGreaterThan(1);
      for (const key of choices) expect(exists(`fields.choice.${field}.${key}`), `${field}.${key}`).toBe(true);
    }
  });

  it("choices of contacts", () => {
    for (const field of ["source", "approval", "visibility", "access"] as const) {
      const keys = CHOICES.contact[field];
      expect(keys.length, field).toBeGreaterThan(2);
      for (const key of keys) expect(choiceLabel(field, key), `${field}.${key}`).not.toBe(key);
    }
  });

  it("error codes", () => {
    expect(COMMAND_ERROR).toContain("validation");
    expect(COMMAND_ERROR).toContain("internal");
    for (const code of COMMAND_ERROR)
      if (!SAID_BY_THEIR_PROBLEM.includes(code)) expect(exists(`errors.${code}`), code).toBe(true);
  });

  it("problems of values and files", () => {
    expect(PROBLEM).toContain("required");
    for (const problem of PROBLEM) expect(exists(`errors.problem.${problem}`), problem).toBe(true);
    for (const by of GUESSED_BY) expect(exists(`errors.problem.easily_guessed.${by}`), by).toBe(true);
    expect(FILE_PROBLEM.length).toBeGreaterThan(4);
    for (const problem of FILE_PROBLEM) expect(exists(`errors.file.${problem}`), problem).toBe(true);
    for (const problem of WRITE_PROBLEM) expect(exists(`errors.written.${problem}`), problem).toBe(true);
    for (const problem of STORAGE_PROBLEM) expect(exists(`errors.storage.${problem}`), problem).toBe(true);
    for (const problem of HUB_PROBLEM) expect(exists(`errors.hub_problem.${problem}`), problem).toBe(true);
    expect(BACKUP_PROBLEM.length).toBeGreaterThan(3);
    for (const problem of BACKUP_PROBLEM) expect(exists(`errors.backup_file.${problem}`), problem).toBe(true);
  });

  it("how long backups keep what was erased", () => {
    for (const words of [english.trash.eraseDialog.final, english.employerUsers.erase.final])
      expect(words).toContain(`Backups keep a copy for ${LIMITS.erased_days} more days.`);
  });

  it("how long a passcode is", () => {
    for (const words of [english.start.setup.passcodeHint, english.start.setup.passcodeShort])
      expect(words).toContain(`At least ${LIMITS.passcode_least} characters.`);
  });

  it("kinds of operations", () => {
    expect(OPERATION_KIND).toContain("contacts.approve");
    for (const kind of OPERATION_KIND) expect(exists(`operations.${kind}`), kind).toBe(true);
  });

  it("permissions", () => {
    expect(PERMISSION.length).toBeGreaterThan(5);
    for (const key of PERMISSION) expect(exists(`errors.permission.${key}`), key).toBe(true);
    for (const key of [...PERMISSION, ...PORTAL_PERMISSION])
      expect(exists(`fields.choice.permissions.${key}`), key).toBe(true);
    // Each stands in the matrix of its roles.
    expect(DESK_PERMISSIONS.map(({ permission }) => permission).toSorted()).toEqual(PERMISSION.toSorted());
    expect(PORTAL_PERMISSIONS.map(({ permission }) => permission)).toEqual(PORTAL_PERMISSION);
  });

  it("places in messages", () => {
    for (const place of TEMPLATE_PLACES) expect(exists(`mail.place.${place}`), place).toBe(true);
  });

  it("has no empty words and no word for success", () => {
    const texts: string[] = [];
    const collect = (value: unknown) => {
      if (typeof value === "string") texts.push(value);
      else if (value && typeof value === "object") Object.values(value).forEach(collect);
    };
    collect(english);
    expect(texts.length).toBeGreaterThan(300);
    for (const text of texts) {
      expect(text.trim()).not.toBe("");
      expect(text).not.toMatch(/successful|are you sure/i);
    }
  });
});

describe("words for errors", () => {
  it("say what to do next", () => {
    const denied: CommandError = { code: "denied", permission: "review_contacts" };
    expect(errorText(denied)).toContain("approve and reject contacts");
    expect(errorText({ code: "internal", incident: "7F3A" })).toContain("7F3A");
    expect(errorText({ code: "unreadable_file", problem: "empty", detail: "" })).toBe(
      "The file has no rows. Choose another file.",
    );
    expect(problemText({ kind: "too_long", max: 20_000 })).toBe("Use at most 20,000 characters.");
  });

  it("never show a bare key for a field", () => {
    expect(fieldLabel("contact", "visibility")).toBe("Visibility");
    expect(fieldLabel("contact", "custom_1", [{ key: "custom_1", label: "Do not email" } as never])).toBe(
      "Do not email",
    );
  });
});
