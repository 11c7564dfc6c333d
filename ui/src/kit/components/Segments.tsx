import type { LucideIcon } from "lucide-react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { count as number } from "../i18n/words.ts";
import row from "../layout/Row.module.css";
import type { ChipTone } from "./Chips.tsx";
import styles from "./Segments.module.css";

export type Segment<I extends string> = {
  id: I;
  label: string;
  /** How many entries there are of it. */
  count: number;
  icon?: LucideIcon;
  /** Of the icon. */
  tone?: ChipTone;
};

type Props<I extends string> = {
  label: string;
  segments: readonly Segment<I>[];
  value: I;
  onChange: (value: I) => void;
};

/** A list in parts: which of them is shown, each with its number. */
export function Segments<I extends string>({ label, segments, value, onChange }: Props<I>) {
  return (
    <ToggleButtonGroup
      className={row.chips ?? ""}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const next = segments.find(({ id }) => keys.has(id));
        if (next) onChange(next.id);
      }}
    >
      {segments.map(({ id, label: words, count, icon: Icon, tone }) => (
        <ToggleButton key={id} id={id} className={styles.segment ?? ""} data-tone={tone}>
          {Icon && <Icon size={14} strokeWidth={2} aria-hidden />}
          {words} <span className={styles.number}>{number(count)}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
