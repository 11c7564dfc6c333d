import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox } from "~/kit/components/Checkbox.tsx";
import { choiceLabel } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import styles from "./Roles.module.css";

/** A permission there is, as Rust lists it. */
export type MatrixEntry<P extends string> = { permission: P; group: string; always: boolean; needs: P | null };

type Props<P extends string> = {
  entries: readonly MatrixEntry<P>[];
  /** What the role permits, with what comes along. */
  permitted: readonly P[];
  /** Without it the matrix can only be read. */
  onChange?: ((permitted: P[]) => void) | undefined;
  groupLabel: (group: string) => string;
  /** What a permission opens, in a plain sentence. */
  opens: (permission: P) => string;
};

/** What a role permits, group by group, each permission with what it opens. */
export function PermissionMatrix<P extends string>(props: Props<P>) {
  const { entries, groupLabel } = props;
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <div className={stack.by16}>
      {groups.map((group) => (
        <Group
          key={group}
          {...props}
          entries={entries.filter((entry) => entry.group === group)}
          all={entries}
          title={groupLabel(group)}
        />
      ))}
    </div>
  );
}

function Group<P extends string>({
  entries,
  all,
  title,
  permitted,
  onChange,
  opens,
}: Props<P> & { all: readonly MatrixEntry<P>[]; title: string }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't stand in a grid.
    <section className={styles.group} role="group" aria-labelledby={id}>
      <h3 id={id} className={styles.groupTitle}>
        {title}
      </h3>
      {entries.map(({ permission, always }) => {
        const isOn = permitted.includes(permission);
        // What another one needs stays as long as that one does.
        const holder = all.find(({ permission: other, needs }) => needs === permission && permitted.includes(other));
        const why = always
          ? t("roles.always")
          : holder && t("roles.comesAlong", { permission: choiceLabel("permissions", holder.permission) });
        const words = choiceLabel("permissions", permission);
        const note = `${id} ${permission}`.replaceAll(/[^\w]/g, "_");
        return (
          <div key={permission} className={styles.entry} data-key={permission}>
            <Checkbox
              aria-label={words}
              aria-describedby={note}
              isSelected={isOn}
              isReadOnly={onChange === undefined}
              isDisabled={onChange !== undefined && why !== undefined}
              onChange={(on) =>
                onChange?.(on ? [...permitted, permission] : permitted.filter((other) => other !== permission))
              }
            >
              <span className={styles.permission}>{words}</span>
            </Checkbox>
            <p id={note} className={styles.opens}>
              {opens(permission)} {onChange !== undefined && why}
            </p>
          </div>
        );
      })}
    </section>
  );
}
