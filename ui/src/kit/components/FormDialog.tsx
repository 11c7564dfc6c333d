import { type ReactNode, useId, useState } from "react";
import stack from "../layout/Stack.module.css";
import styles from "./Dialog.module.css";
import { ActDialog, type ActProps, Sentences } from "./Dialog.tsx";
import { TextField } from "./TextField.tsx";
import { type Submission, unplaced, useSubmit } from "./useSubmit.ts";

type Props = Omit<ActProps, "onAct" | "form" | "onKey"> & {
  /** What submitting it does, and what came of it. */
  form: Submission;
  /** How the fields stand; below each other without it. */
  className?: string | undefined;
};

/** A dialog around a form: Enter in a field, Ctrl+Enter anywhere and the button submit it. */
export function FormDialog({ form, className, error = unplaced(form.failed), isDisabled, children, ...rest }: Props) {
  const id = useId();
  const submit = () => void form.submit();
  return (
    <ActDialog {...rest} form={id} onKey={submit} error={error} isDisabled={isDisabled || form.isPending}>
      <form
        id={id}
        className={className ?? stack.by16}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // React hands events of a dialog on top of this one to this one too.
          event.stopPropagation();
          submit();
        }}
      >
        {children}
      </form>
    </ActDialog>
  );
}

type EraseProps = {
  title: string;
  /** What goes, and from where. */
  sentences: string[];
  /** That there is no way back. */
  final: ReactNode;
  /** What has to be typed, and the words that ask for it. */
  word: string;
  ask: string;
  act: string;
  onConfirm: () => void;
  onClose: () => void;
};

/** Says that an erasure is for good; a word has to be typed, so that nobody does it in passing. */
export function EraseDialog({ sentences, final, word, ask, onConfirm, ...dialog }: EraseProps) {
  const [typed, setTyped] = useState("");
  const form = useSubmit(async () => onConfirm());
  return (
    <FormDialog
      {...dialog}
      form={form}
      role="alertdialog"
      destructive
      isDisabled={typed.trim().toLocaleLowerCase() !== word}
    >
      <Sentences said={sentences} />
      <p className={styles.final}>{final}</p>
      <TextField label={ask} value={typed} onChange={setTyped} autoFocus autoComplete="off" spellCheck="false" />
    </FormDialog>
  );
}
