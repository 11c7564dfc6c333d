import type { FieldErrors, UseFormSetError } from "react-hook-form";
import { type CommandError, commandError } from "~/ipc";
import { problemText } from "~/kit/i18n/words.ts";
import type { FormValues } from "../fields/values.ts";
import { ownField } from "./newcomers.ts";

/** Puts what Rust finds wrong at its fields, the first of them into focus. */
export function showProblems(error: CommandError, setError: UseFormSetError<FormValues>) {
  if (error.code !== "validation") return;
  for (const [n, { field, problem }] of error.fields.entries())
    setError(field, { message: problemText(problem, ownField(field)) }, { shouldFocus: n === 0 });
}

/** What was refused, for the line below a form that points to the marked fields: nothing once none is marked any more. */
export function stillWrong(failed: unknown, marked: FieldErrors<FormValues>): unknown {
  const isAnswered = failed && commandError(failed).code === "validation" && Object.keys(marked).length === 0;
  return isAnswered ? null : failed;
}
