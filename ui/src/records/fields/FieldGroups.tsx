import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import type { FieldSchema, FieldValue, RecordKind } from "~/ipc";
import { Breakable } from "~/kit/components/Breakable.tsx";
import { Chip } from "~/kit/components/Chips.tsx";
import { Columns } from "~/kit/components/Columns.tsx";
import { When } from "~/kit/components/When.tsx";
import { fieldLabel, valueText, webAddress } from "~/kit/i18n/words.ts";
import stack from "~/kit/layout/Stack.module.css";
import { useNames } from "../references.ts";
import { byGroup, groupHeading } from "./groups.ts";
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
        {webAddress(text)}
      </a>
    ) : (
      text
    );
  }
  // Of what is planned one wants to know when it is, not how long until then.
  if (type.type === "moment" && field.group !== "schedule") return <When at={Number(value)} />;
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
  const parts = byGroup(filled).map(([group, members]) => ({
    key: group,
    lines: members.length + 2,
    content: (
      <section>
        <Heading className={styles.heading}>{groupHeading(group, members)}</Heading>
        <dl className={styles.list}>
          {members.map((field) => (
            <FieldLine key={field.key} label={fieldLabel(kind, field.key, fields)}>
              <FieldValueView field={field} value={values[field.key] ?? null} nameOf={nameOf} />
            </FieldLine>
          ))}
        </dl>
      </section>
    ),
  }));
  if (layout === "columns") return <Columns parts={parts} />;
  return (
    <div className={stack.by24}>
      {parts.map(({ key, content }) => (
        <Fragment key={key}>{content}</Fragment>
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
