import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { CommandError, RecordKind } from "~/ipc";
import { i18next } from "./index.ts";
import { english } from "./resources.ts";
import { choiceLabel, errorText, fieldLabel, problemText } from "./words.ts";

// The registry and the errors are declared in Rust; reading the declarations keeps this test from lagging behind.
const domain = resolve(import.meta.dirname, "../../../../crates/domain/src");
const source = (name: string) => readFileSync(resolve(domain, name), "utf8");
const bindings = readFileSync(resolve(import.meta.dirname, "../../ipc/bindings.ts"), "utf8");
const exists = i18next.exists as (key: string) => boolean;

const KINDS: RecordKind[] = ["contact", "employer", "employer_user", "role", "note", "staff", "institution"];

function registeredFields(kind: RecordKind): string[] {
  const own = readdirSync(domain).includes(`${kind}.rs`);
  const text = own ? source(`${kind}.rs`) : source("organization.rs");
  const prefix = own ? "" : `${kind.toUpperCase()}_`;
  const declared = [...text.matchAll(/(\w+)(?:: Field)? =\s*Field::(?:text|new|system)\(\s*\d+,\s*"(\w+)"/g)];
  const keys = declared.filter((match) => match[1]?.startsWith(prefix)).map((match) => match[2] ?? "");
  return [...keys, "created_at", "deleted_at"];
}

/** The alternatives of a generated union type, for example the codes of `CommandError`. */
function union(type: string): string {
  const start = bindings.indexOf(`export type ${type} =`);
  return bindings.slice(start, bindings.indexOf("\n\n", bindings.indexOf(";\n\n", start)));
}

describe("every word on the screen is in the catalogue", () => {
  it.each(KINDS)("fields of %s", (kind) => {
    const fields = registeredFields(kind);
    expect(fields.length).toBeGreaterThan(kind === "contact" ? 30 : 2);
    const missing = fields.filter((key) => !exists(`fields.${kind}.${key}`));
    expect(missing).toEqual([]);
  });

  it("choices of contacts", () => {
    const text = source("contact.rs");
    for (const [field, constant] of [
      ["source", "SOURCES"],
      ["approval", "APPROVALS"],
      ["visibility", "VISIBILITIES"],
      ["access", "ACCESSES"],
    ] as const) {
      const list = text.match(new RegExp(`${constant}: &\\[&str\\] = &\\[([^\\]]*)\\]`))?.[1] ?? "";
      const keys = list
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) =>
          part.startsWith('"')
            ? part.slice(1, -1)
            : (text.match(new RegExp(`const ${part}: &str = "(\\w+)"`))?.[1] ?? part),
        );
      expect(keys.length, field).toBeGreaterThan(2);
      for (const key of keys) expect(choiceLabel(field, key), `${field}.${key}`).not.toBe(key);
    }
  });

  it("error codes", () => {
    const codes = [...union("CommandError").matchAll(/code: "(\w+)"/g)].map((match) => match[1] ?? "");
    expect(codes).toContain("validation");
    expect(codes).toContain("internal");
    for (const code of codes) if (code !== "unreadable_file") expect(exists(`errors.${code}`), code).toBe(true);
  });

  it("problems of values and files", () => {
    const problems = [...union("Problem").matchAll(/kind: "(\w+)"/g)].map((match) => match[1] ?? "");
    expect(problems).toContain("required");
    for (const problem of problems) expect(exists(`errors.problem.${problem}`), problem).toBe(true);
    const files = [...union("FileProblem").matchAll(/^"(\w+)"/gm)].map((match) => match[1] ?? "");
    expect(files.length).toBeGreaterThan(4);
    for (const problem of files) expect(exists(`errors.file.${problem}`), problem).toBe(true);
    const backups = [...union("BackupProblem").matchAll(/^"(\w+)"/gm)].map((match) => match[1] ?? "");
    expect(backups.length).toBeGreaterThan(3);
    for (const problem of backups) expect(exists(`errors.backup_file.${problem}`), problem).toBe(true);
  });

  it("how long backups keep what was erased", () => {
    const days = source("backup.rs").match(/ERASED_DAYS: i64 = (\d+);/)?.[1] ?? "";
    for (const words of [english.trash.eraseDialog.final, english.employerUsers.erase.final])
      expect(words).toContain(`Backups keep a copy for ${days} more days.`);
  });

  it("kinds of operations", () => {
    const kinds = [...union("OperationKind").matchAll(/^"([\w.]+)"/gm)].map((match) => match[1] ?? "");
    expect(kinds).toContain("contacts.approve");
    for (const kind of kinds) expect(exists(`operations.${kind}`), kind).toBe(true);
  });

  it("permissions", () => {
    const keys = [...source("access.rs").matchAll(/Permission::\w+ => "(\w+)"/g)].map((match) => match[1] ?? "");
    expect(keys.length).toBeGreaterThan(5);
    for (const key of keys) expect(exists(`errors.permission.${key}`), key).toBe(true);
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
    expect(errorText({ code: "unreadable_file", problem: "empty", detail: "" })).toBe("The file has no rows.");
    expect(problemText({ kind: "too_long", max: 20_000 })).toBe("At most 20,000 characters.");
  });

  it("never show a bare key for a field", () => {
    expect(fieldLabel("contact", "visibility")).toBe("Visibility");
    expect(fieldLabel("contact", "custom_1", [{ key: "custom_1", label: "Do not email" } as never])).toBe(
      "Do not email",
    );
  });
});
