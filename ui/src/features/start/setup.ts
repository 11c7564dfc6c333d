import { type FieldProblem, LIMITS, type Problem, type SetupInput } from "~/ipc";

export type SetupForm = {
  institution: string;
  firstName: string;
  lastName: string;
  email: string;
  timeZone: string;
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
    time_zone: form.timeZone,
    passcode: form.protection === "passcode" ? form.passcode : null,
    sample_contacts: form.sample,
  };
}

/** What is wrong with the passcode before Rust is asked; a typing slip here would lock the person out. */
export function passcodeProblem(
  form: Pick<SetupForm, "protection" | "passcode" | "passcodeAgain">,
): "short" | "differs" | null {
  if (form.protection === "keychain") return null;
  // Rust refuses it too; the page says so before it asks. Counted as Rust counts: by character, not by UTF-16 unit.
  if ([...form.passcode].length < LIMITS.passcode_least) return "short";
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
