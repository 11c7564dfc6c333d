import { useTranslation } from "react-i18next";
import styles from "./Keys.module.css";
import { signOf } from "./platform.ts";

/** Keycaps: "Shift+A" as ⟨Shift⟩⟨A⟩, "g c" as ⟨G⟩ ⟨C⟩. Decoration: what they stand for is said by `aria-keyshortcuts`. */
export function Keys({ keys, tone = "plain" }: { keys: string; tone?: "plain" | "inverse" }) {
  return (
    <span className={styles.keys} data-tone={tone}>
      {keys.split(" ").map((chord) => (
        <Chord key={chord} chord={chord} />
      ))}
    </span>
  );
}

function Chord({ chord }: { chord: string }) {
  const { i18n } = useTranslation();
  // The key itself may be a plus: "Ctrl++".
  const parts = chord === "+" ? ["+"] : chord.split(/(?<!\+|^)\+/);
  // Names of keys are looked up at run time; single characters are shown as they are.
  const word = i18n.t as unknown as (key: string, options: { defaultValue: string }) => string;
  return (
    <span className={styles.chord}>
      {parts.map((part) => (
        <kbd key={part} className={styles.key}>
          {part.length === 1
            ? part.toUpperCase()
            : (signOf(part) ?? word(`common.keys.${part}`, { defaultValue: part }))}
        </kbd>
      ))}
    </span>
  );
}
