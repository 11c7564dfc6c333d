import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "~/kit/components/Button.tsx";
import field from "~/kit/components/Field.module.css";
import menu from "~/kit/components/Menu.module.css";
import type { Choice } from "~/kit/components/Select.tsx";
import row from "~/kit/layout/Row.module.css";
import stack from "~/kit/layout/Stack.module.css";
import text from "~/kit/layout/Text.module.css";
import styles from "./Filters.module.css";

type Props = {
  label: string;
  values: string[];
  onValues: (values: string[]) => void;
  nameOf: (value: string) => string | undefined;
  /** What fits the text; a hook. */
  useChoices: (typed: string) => Choice[];
};

/**
 * Values of a condition, found by typing. The list is part of the panel, so that it covers nothing: a choice closes it,
 * typing and the down arrow open it again, and Enter without a choice is the panel's.
 */
export function ValuePicker({ label, values, onValues, nameOf, useChoices }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(values.length === 0);
  const [at, setAt] = useState(-1);
  const choices = useChoices(typed.trim()).filter((choice) => !values.includes(choice.id));
  const active = open ? choices[Math.min(at, choices.length - 1)] : undefined;
  const optionId = (choice: Choice) => `${id} ${choice.id}`;

  const choose = (choice: Choice) => {
    onValues([...values, choice.id]);
    setTyped("");
    setOpen(false);
    setAt(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      setAt(open ? Math.min(Math.max(at + by, 0), choices.length - 1) : 0);
      setOpen(true);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Backspace" && typed === "") onValues(values.slice(0, -1));
  };

  return (
    <div className={stack.by4}>
      {values.map((value) => (
        <div key={value} className={styles.chosen}>
          <span className={text.clip}>{nameOf(value) ?? "…"}</span>
          <IconButton
            label={t("common.remove", { name: nameOf(value) ?? "" })}
            icon={X}
            size="small"
            onPress={() => onValues(values.filter((other) => other !== value))}
          />
        </div>
      ))}
      <input
        // biome-ignore lint/a11y/noAutofocus: what is asked next is the value.
        autoFocus
        className={field.input}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active && optionId(active)}
        autoComplete="off"
        placeholder={t(values.length > 0 ? "filters.another" : "filters.findValue")}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          // The best match is what Enter takes.
          setAt(event.target.value.trim() === "" ? -1 : 0);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div id={id} role="listbox" aria-label={label} className={styles.options}>
          {choices.map((choice, n) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field holds the focus and names the active option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys.
            <div
              key={choice.id}
              id={optionId(choice)}
              role="option"
              aria-selected={choice === active}
              className={`${row.item} ${menu.item}`}
              data-focused={choice === active || undefined}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => n !== at && setAt(n)}
              onClick={() => choose(choice)}
            >
              <span className={text.rest}>
                {choice.label}
                {choice.note && <span className={menu.note}> {choice.note}</span>}
              </span>
            </div>
          ))}
          {choices.length === 0 && <div className={menu.empty}>{t("common.noMatch")}</div>}
        </div>
      )}
    </div>
  );
}
