import styles from "./Avatar.module.css";

const TINTS = 8;

/** Up to two letters: of the first and the last word of a name. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word));
  const letter = (word: string | undefined) => [...(word ?? "")].find((sign) => /\p{L}/u.test(sign)) ?? "";
  return (letter(words[0]) + (words.length > 1 ? letter(words.at(-1)) : "")).toLocaleUpperCase();
}

/** The same name has the same tint on every desk. */
export function tintOf(name: string): number {
  let hash = 0;
  for (const sign of name.normalize("NFC")) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % TINTS;
}

/**
 * Initials in a quiet tint. Decoration: the name always stands beside it, or is the label of the button they are on.
 * They are drawn, not written, so that the name of such a button need not begin with them.
 */
export function Avatar({ name, size = 24 }: { name: string; size?: 20 | 24 | 32 | 48 }) {
  return (
    <span
      className={styles.avatar}
      data-tint={tintOf(name)}
      data-size={size}
      data-initials={initials(name)}
      aria-hidden
    />
  );
}
