import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Control, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import {
  type CacheTag,
  call,
  commandError,
  commands,
  type FieldConflict,
  type FieldEdit,
  type FieldValue,
  type Id,
  type RecordKind,
} from "~/ipc";
import { Button } from "~/kit/components/Button.tsx";
import { Sentences } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { useHotkeys } from "~/kit/components/hotkeys.tsx";
import { toast } from "~/kit/components/Toast.tsx";
import { useRested } from "~/kit/components/useRested.ts";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import { useFields } from "~/session/session.ts";
import { useAnnounce } from "~/session/undo.ts";
import { editsOf, isNothing } from "../fields/edits.ts";
import { type FormValues, fromForm, toForm } from "../fields/values.ts";
import { kindCommands } from "../kinds.ts";
import { Conflicts } from "./Conflicts.tsx";
import { showProblems, stillWrong } from "./formErrors.ts";
import { newcomersOf, noNewcomers, placedProblems } from "./newcomers.ts";
import { RecordForm } from "./RecordForm.tsx";

/** Another way to save, with something more: its button, its key, and what it does with the edits. */
export type AlsoSave = {
  act: string;
  keys: string;
  run: (edits: FieldEdit[]) => Promise<{ operation: Id | null; words: string; again?: string }>;
  /** Called once it was undone. */
  onUndone?: () => void;
};

type Props = {
  kind: RecordKind;
  record: { id: Id; name: string; values: { [field: string]: FieldValue } };
  /** Fields that are not asked. */
  omit?: string[];
  also?: AlsoSave | undefined;
  /** The field it is opened for: it is shown, and has the focus. */
  focus?: string | undefined;
  /** What the edits mean beyond the record, said below the fields and, by `after`, once they are made. */
  consequences?: Consequences | undefined;
  onClose: () => void;
};

/** Looks up what edits mean for other records. */
export type Consequences = {
  key: CacheTag;
  read: (id: Id, edits: FieldEdit[]) => Promise<{ before: string[]; after: string[] }>;
  /** Edits of these fields have any. */
  fields: readonly string[];
};

/** Edits a record of any kind. Only what was changed is sent, each with the value it had when the form opened (B2). */
export default function EditRecord({ kind, record, omit = [], also, focus, consequences, onClose }: Props) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const fields = useFields(kind).filter(({ key, editable }) => editable && !omit.includes(key));
  // What the form was opened with; a conflict that was settled moves the field's base to what is there now.
  const base = useRef<{ [field: string]: FieldValue | undefined }>({ ...record.values });
  const [conflicts, setConflicts] = useState<FieldConflict[]>([]);
  const { control, handleSubmit, setError, setValue, formState } = useForm<FormValues>({
    defaultValues: {
      ...Object.fromEntries(fields.map((field) => [field.key, toForm(field, record.values[field.key])])),
      ...noNewcomers(fields),
    },
  });

  // Which of the two ways to save was taken.
  const way = useRef<AlsoSave | undefined>(undefined);
  const editsNow = (typed: FormValues) =>
    editsOf(base.current, Object.fromEntries(fields.map((field) => [field.key, fromForm(field, typed[field.key])])));
  const filled = fields.map(({ key }) => key).filter((key) => !isNothing(record.values[key] ?? null));

  const save = handleSubmit(async (typed) => {
    const people = newcomersOf(fields, typed);
    // Where somebody new is named, whoever stood there before goes by itself.
    const edits = editsNow(typed).filter(({ field }) => people.every(({ place }) => place !== field));
    if (edits.length + people.length === 0 && !way.current) {
      toast(t("record.form.unchanged"));
      return onClose();
    }
    const { edit } = kindCommands(kind);
    const said = await saidAfter(consequences, record.id, edits);
    try {
      if (way.current) {
        const { operation, words, again } = await way.current.run(edits);
        announce(operation, [words, ...said].join(" "), again, way.current.onUndone);
        return onClose();
      }
      const done = await call(
        people.length > 0 ? commands.activityEdit(kind, record.id, edits, people, []) : edit(record.id, edits),
      );
      const saved = t("record.form.saved", { name: record.name, count: edits.length + people.length });
      announce(done.operation, [saved, ...said].join(" "), t("shell.undo.changes", { what: record.name }));
      onClose();
    } catch (thrown) {
      const error = commandError(thrown);
      if (error.code === "conflict") return setConflicts(error.fields);
      showProblems(placedProblems(error, fields, people), setError);
      throw thrown;
    }
  });
  const form = useSubmit(() => save());
  const submit = (taken?: AlsoSave) => {
    way.current = taken;
    return form.submit();
  };
  const canSave = conflicts.length === 0;

  const settle = (conflict: FieldConflict, keep: "mine" | "theirs") => {
    base.current[conflict.field] = conflict.theirs;
    const field = fields.find((each) => each.key === conflict.field);
    if (field)
      setValue(field.key, toForm(field, keep === "mine" ? conflict.mine : conflict.theirs), { shouldDirty: true });
    setConflicts((before) => before.filter((other) => other.field !== conflict.field));
  };

  return (
    <FormDialog
      title={t("record.form.title", { name: record.name })}
      onClose={onClose}
      size="large"
      act={t("common.save")}
      isDirty={formState.isDirty}
      isDisabled={!canSave}
      error={canSave ? stillWrong(form.failed, formState.errors) : null}
      form={{ ...form, submit: () => submit() }}
      also={
        also && (
          <Button hotkey={also.keys} isDisabled={!canSave || form.isPending} onPress={() => void submit(also)}>
            {also.act}
          </Button>
        )
      }
    >
      {also && <AlsoKey {...also} enabled={canSave && !form.isPending} onKey={() => void submit(also)} />}
      {conflicts.length > 0 && <Conflicts kind={kind} conflicts={conflicts} fields={fields} onSettle={settle} />}
      <div hidden={conflicts.length > 0}>
        <RecordForm kind={kind} fields={fields} control={control} filled={filled} focus={focus} />
        {consequences && <Foretold id={record.id} of={consequences} control={control} edits={editsNow} />}
      </div>
    </FormDialog>
  );
}

/** Keys belong to the layer they are registered in: this one stands inside of the dialog. */
function AlsoKey({ act, keys, enabled, onKey }: AlsoSave & { enabled: boolean; onKey: () => void }) {
  useHotkeys(act, [{ keys, label: act, run: onKey, enabled }]);
  return null;
}

const concerning = ({ fields }: Consequences, edits: FieldEdit[]) => edits.some(({ field }) => fields.includes(field));

/** What is said of the consequences once the edits are made; they are looked up before, by the rule that writes. */
async function saidAfter(of: Consequences | undefined, id: Id, edits: FieldEdit[]): Promise<string[]> {
  if (!of || !concerning(of, edits)) return [];
  // What is wrong with the edits, saving them says.
  return of.read(id, edits).then(
    ({ after }) => after,
    () => [],
  );
}

type ForetoldProps = {
  id: Id;
  of: Consequences;
  control: Control<FormValues>;
  edits: (typed: FormValues) => FieldEdit[];
};

/** Says while one types what the edits would mean for other records. */
function Foretold({ id, of, control, edits }: ForetoldProps) {
  const asked = useRested(JSON.stringify(edits(useWatch({ control }) as FormValues)));
  const now = JSON.parse(asked) as FieldEdit[];
  const said = useQuery({
    queryKey: [of.key, "consequences", id, asked],
    queryFn: () => of.read(id, now),
    enabled: concerning(of, now),
    gcTime: 0,
    retry: false,
  });
  return <Sentences said={concerning(of, now) ? (said.data?.before ?? []) : []} />;
}
