import type { FieldProblem, Problem, SetupInput } from "~/ipc";

/** Shortest passcode, in characters. Rust refuses shorter ones; the page says so before it asks. */
export const PASSCODE_LEAST = 12;

export type SetupForm = {
  institution: string;
  firstName: string;
  lastName: string;
  email: string;
  protection: "keychain" | "passcode";
  passcode: string;
  passcodeAgain: string;
  sample: number | null;
};

/** What Rust is asked. */
export function setupInput(form: SetupForm): SetupInput {
  return {
    institution: form.institution.trim(),
    first_name: form.firstName.trim(),
    last_name: form.lastName.trim(),
    email: form.email.trim(),
    passcode: form.protection === "passcode" ? form.passcode : null,
    sample_contacts: form.sample,
  };
}

/** What is wrong with the passcode before Rust is asked; a typing slip here would lock the person out. */
export function passcodeProblem(form: SetupForm): "short" | "differs" | null {
  if (form.protection === "keychain") return null;
  // Counted as Rust counts: by character, not by UTF-16 unit.
  if ([...form.passcode].length < PASSCODE_LEAST) return "short";
  return form.passcode === form.passcodeAgain ? null : "differs";
}

/** Problems by their field. */
export function problemsByField(fields: FieldProblem[]): Map<string, Problem> {
  return new Map(fields.map(({ field, problem }) => [field, problem]));
}

/** A recovery key in groups, as it is printed and read aloud. */
export function groupsOf(key: string): string[] {
  return key.split(/[-\s]+/).filter((group) => group !== "");
}
