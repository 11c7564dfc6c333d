import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { FieldSchema, FieldValue, RecordKind } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { When } from "~/kit/components/When.tsx";
import { choiceLabel, fieldLabel, groupLabel, valueText } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useNames } from "../references.ts";
import { byGroup } from "./groups.ts";
import { LabelChip } from "./LabelChip.tsx";
import styles from "./Record.module.css";

/** A value as people read it and use it: addresses and numbers can be clicked. */
export function FieldValueView({
  field,
  value,
  nameOf,
}: {
  field: FieldSchema;
  value: FieldValue;
  nameOf: (id: string) => string | undefined;
}): ReactNode {
  const type = field.field_type;
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) {
    return (
      <span className={styles.labels}>
        {value.map((word) =>
          field.key === "labels" ? <LabelChip key={word} word={word} /> : <Chip key={word}>{word}</Chip>,
        )}
      </span>
    );
  }
  const text = String(value);
  if (type.type === "email")
    return (
      <a href={`mailto:${encodeURIComponent(text).replace("%40", "@")}`}>
        <Breakable>{text}</Breakable>
      </a>
    );
  if (type.type === "phone") return <a href={`tel:${text.replace(/[^\d+]/g, "")}`}>{text}</a>;
  if (type.type === "url") {
    // Only web addresses become links; anything else stays text.
    return /^https?:\/\//i.test(text) ? (
      <a href={text} target="_blank" rel="noreferrer noopener">
        {text.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "")}
      </a>
    ) : (
      text
    );
  }
  if (type.type === "moment") return <When at={Number(value)} />;
  if (type.type === "reference") {
    const name = nameOf(text) ?? null;
    return type.kind === "employer" && name !== null ? (
      <Link to="/employers/$id" params={{ id: text }} search={{}}>
        {name}
      </Link>
    ) : (
      name
    );
  }
  if (type.type === "choice") return choiceLabel(field.key, text);
  return valueText(field, value);
}

type Props = {
  kind: RecordKind;
  fields: FieldSchema[];
  values: { [field: string]: FieldValue } /** Fields said elsewhere on the page. */;
  omit?: string[];
  heading?: "h2" | "h3";
  /** Beside each other where there is room. */
  layout?: "stack" | "columns";
};

/** What is known, by group; empty fields and empty groups are left out. */
export function FieldGroups({ kind, fields, values, omit = [], heading: Heading = "h2", layout = "stack" }: Props) {
  const filled = fields.filter((field) => {
    const value = values[field.key];
    return (
      !omit.includes(field.key) &&
      value !== null &&
      value !== undefined &&
      value !== "" &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0)
    );
  });
  const references = filled.flatMap((field) => {
    const value = values[field.key];
    return field.field_type.type === "reference" && typeof value === "string"
      ? [{ kind: field.field_type.kind, id: value }]
      : [];
  });
  const nameOf = useNames(references);
  return (
    <div className={layout === "columns" ? styles.columns : stack.by24}>
      {byGroup(filled).map(([group, members]) => (
        <section key={group}>
          <Heading className={styles.heading}>{groupLabel(group)}</Heading>
          <dl className={styles.list}>
            {members.map((field) => (
              <FieldLine key={field.key} label={fieldLabel(kind, field.key, fields)}>
                <FieldValueView field={field} value={values[field.key] ?? null} nameOf={nameOf} />
              </FieldLine>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

export function FieldLine({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}
