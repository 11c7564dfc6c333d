import { getLocalTimeZone } from "@internationalized/date";
import { type FormEvent, useRef, useState } from "react";
import { call, commandError, commands, type Problem } from "~/ipc";
import { problemText } from "~/kit/i18n/words.ts";
import { passcodeProblem, problemsByField, type SetupForm, setupInput } from "./setup.ts";

/** The fields in the order in which they stand on the page, by the names Rust gives them. */
const ORDER = ["institution", "first_name", "last_name", "email", "passcode", "passcode_again"];

/** The form of the first start: what is typed, what is wrong with it, and the recovery key once the desk is made. */
export function useSetup(hasKeychain: boolean) {
  const [form, setForm] = useState<SetupForm>({
    institution: "",
    firstName: "",
    lastName: "",
    email: "",
    timeZone: getLocalTimeZone(),
    protection: hasKeychain ? "keychain" : "passcode",
    passcode: "",
    passcodeAgain: "",
    sample: null,
  });
  const [problems, setProblems] = useState<ReadonlyMap<string, Problem>>(new Map());
  const [slip, setSlip] = useState<"short" | "differs" | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const [creating, setCreating] = useState(false);
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const page = useRef<HTMLFormElement>(null);

  const change = (part: Partial<SetupForm>, field?: string) => {
    setForm((before) => ({ ...before, ...part }));
    if (field && problems.has(field)) setProblems(new Map([...problems].filter(([key]) => key !== field)));
    if (field === "passcode") setSlip(null);
  };
  const errorOf = (field: string) => {
    const problem = problems.get(field);
    return problem ? problemText(problem, field) : undefined;
  };
  const focusFirst = (fields: string[]) => {
    const first = ORDER.find((field) => fields.includes(field));
    window.setTimeout(() => page.current?.querySelector<HTMLInputElement>(`input[name="${first}"]`)?.focus(), 0);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (creating) return;
    setFailed(null);
    const found = passcodeProblem(form);
    setSlip(found);
    setCreating(true);
    try {
      // A passcode with a slip is held back, which Rust refuses: it says what is wrong with the rest.
      const input = setupInput(found ? { ...form, passcode: "" } : form);
      const { recovery_key } = await call(commands.setupCreate(input));
      setRecoveryKey(recovery_key);
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "validation") {
        const others = error.fields.filter(({ field }) => !(found && field === "passcode"));
        setProblems(problemsByField(others));
        const slipped = found ? [found === "differs" ? "passcode_again" : "passcode"] : [];
        focusFirst([...others.map(({ field }) => field), ...slipped]);
      }
      // A keychain that works in the test and fails in earnest: a passcode does without it.
      if (error.code === "keychain") setForm((before) => ({ ...before, protection: "passcode" }));
      setFailed(thrown);
    } finally {
      setCreating(false);
    }
  };

  return { form, change, errorOf, slip, failed, creating, recoveryKey, page, submit };
}
