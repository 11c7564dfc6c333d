import { useState } from "react";
import type { CommandError } from "~/ipc";
import { commandError } from "~/ipc/error.ts";
import { problemText } from "../i18n/words.ts";

/** What is wrong with a field, in words; without a name, what is wrong first. */
export type Problems = (field?: string) => string | undefined;

/** What was refused, field by field. */
export function problemsOf(failed: unknown): Problems {
  const error = failed ? commandError(failed) : null;
  const refused = error?.code === "validation" ? error.fields : [];
  return (field) => {
    const found = field === undefined ? refused[0] : refused.find((each) => each.field === field);
    return found && problemText(found.problem, found.field);
  };
}

/** What went wrong and stands at no field, for a line of its own. */
export function unplaced(failed: unknown): unknown {
  return failed && commandError(failed).code !== "validation" ? failed : null;
}

export type Submission = {
  submit: () => Promise<void>;
  isPending: boolean;
  /** What was thrown, until the next attempt. */
  failed: unknown;
  error: CommandError | null;
  problem: Problems;
  /** Forgets what was refused, once it is typed anew. */
  clear: () => void;
};

/** The one attempt at a time to do what a form asks for: whether it is under way, and what was refused. */
export function useSubmit(act: () => Promise<void>): Submission {
  const [failed, setFailed] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const submit = async () => {
    if (isPending) return;
    setPending(true);
    setFailed(null);
    try {
      await act();
    } catch (thrown) {
      setFailed(thrown);
    }
    setPending(false);
  };
  return {
    submit,
    isPending,
    failed,
    error: failed ? commandError(failed) : null,
    problem: problemsOf(failed),
    clear: () => setFailed(null),
  };
}
