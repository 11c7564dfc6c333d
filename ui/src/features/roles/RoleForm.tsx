import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/kit/components/Button.tsx";
import { Dialog } from "~/kit/components/Dialog.tsx";
import { FormDialog } from "~/kit/components/FormDialog.tsx";
import { ErrorLine, Skeleton } from "~/kit/components/States.tsx";
import { TextField } from "~/kit/components/TextField.tsx";
import { useSubmit } from "~/kit/components/useSubmit.ts";
import stack from "~/kit/layout/Stack.module.css";
import { type MatrixEntry, PermissionMatrix } from "./PermissionMatrix.tsx";
import styles from "./Roles.module.css";
import { type AreaWords, type VisibleArea, VisibleAreas } from "./VisibleAreas.tsx";

export type RoleDraft<P extends string> = { name: string; description: string; permissions: P[] };

/** What employer user roles and staff roles differ in. */
export type RoleKind<P extends string> = {
  /** The first word of its queries. */
  tag: "roles" | "institution";
  permissions: () => Promise<readonly MatrixEntry<P>[]>;
  preview: (permissions: P[]) => Promise<{ permissions: P[]; sees: VisibleArea[] }>;
  groupLabel: (group: string) => string;
  opens: (permission: P) => string;
  words: AreaWords;
};

/** What somebody with these permissions sees, from the rule in Rust. */
export function useVisibleAreas<P extends string>(kind: RoleKind<P>, permissions: readonly P[]) {
  const asked = [...permissions].sort();
  return useQuery({
    queryKey: [kind.tag, "preview", asked],
    queryFn: () => kind.preview(asked),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type Props<P extends string> = {
  kind: RoleKind<P>;
  title: string;
  act: string;
  draft: RoleDraft<P>;
  /** Why the name can't be changed. */
  nameStays?: string | undefined;
  /** The label of the description, where the kind has one. */
  description?: string | undefined;
  /** Whom these permissions would touch, said before they are saved. */
  impact?: ((permissions: P[]) => ReactNode) | undefined;
  /** Why nothing can be changed; the role is then shown only. */
  readOnly?: string | undefined;
  save: (draft: RoleDraft<P>) => Promise<void>;
  onClose: () => void;
};

/** A role: its name, what it permits, and beside it what somebody with it sees. */
export function RoleForm<P extends string>(props: Props<P>) {
  const { kind, title, act, draft, nameStays, description, impact, readOnly, save, onClose } = props;
  const { t } = useTranslation();
  const [form, setForm] = useState(draft);
  const entries = useQuery({
    queryKey: [kind.tag, "permissions"],
    queryFn: kind.permissions,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const preview = useVisibleAreas(kind, form.permissions);
  const full = preview.data && !preview.isPlaceholderData ? preview.data.permissions : form.permissions;
  const isReadOnly = readOnly !== undefined;

  const submission = useSubmit(async () => {
    await save({ ...form, name: form.name.trim(), description: form.description.trim(), permissions: full });
    onClose();
  });

  const content = (
    <>
      <div className={stack.shrinkBy16}>
        {isReadOnly ? (
          <p className={styles.readOnly}>{readOnly}</p>
        ) : (
          <div className={stack.by12}>
            <TextField
              label={t("roles.name")}
              isRequired
              validationBehavior="aria"
              value={form.name}
              onChange={(name) => setForm({ ...form, name })}
              error={submission.problem("name")}
              hint={nameStays}
              isReadOnly={nameStays !== undefined}
              autoFocus={nameStays === undefined}
            />
            {description && (
              <TextField
                label={description}
                value={form.description}
                onChange={(next) => setForm({ ...form, description: next })}
                error={submission.problem("description")}
              />
            )}
          </div>
        )}
        <ErrorLine error={entries.error} />
        {entries.data ? (
          <PermissionMatrix
            entries={entries.data}
            permitted={full}
            onChange={isReadOnly ? undefined : (permissions) => setForm({ ...form, permissions })}
            groupLabel={kind.groupLabel}
            opens={kind.opens}
          />
        ) : (
          <Skeleton lines={8} />
        )}
      </div>
      <div className={styles.beside}>
        {/* In sight wherever the list of permissions is scrolled to. */}
        {impact?.(full)}
        <div className={styles.panel}>
          <VisibleAreas sights={preview.data?.sees} words={kind.words} />
        </div>
      </div>
    </>
  );
  if (isReadOnly)
    return (
      <Dialog
        title={title}
        onClose={onClose}
        size="large"
        footer={
          <Button variant="primary" onPress={onClose}>
            {t("common.close")}
          </Button>
        }
      >
        <div className={styles.form}>{content}</div>
      </Dialog>
    );
  return (
    <FormDialog
      form={submission}
      title={title}
      act={act}
      size="large"
      className={styles.form}
      isDirty={JSON.stringify(form) !== JSON.stringify(draft)}
      // What is wrong with the name stands there; the rest has no place of its own.
      error={submission.problem("name") ? null : submission.failed}
      onClose={onClose}
    >
      {content}
    </FormDialog>
  );
}
