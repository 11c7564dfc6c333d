import type { ReactNode } from "react";

// Signs of the private use area: no name on a keyboard has them, so they can mark names inside a sentence.
const START = "\uE000";
const END = "\uE001";
const MARKS = /[\uE000\uE001]/g;

/** Marks a name that a sentence of the catalogue will hold, so that `emphasised` finds it again. */
export function name(text: string): string {
  return `${START}${text.replace(MARKS, "")}${END}`;
}

/** The sentence as plain text. */
export function plain(sentence: string): string {
  return sentence.replace(MARKS, "");
}

/** The sentence with its names standing out. Names are never read as markup. */
export function emphasised(sentence: string): ReactNode[] {
  return sentence.split(START).flatMap<ReactNode>((part, n) => {
    const end = part.indexOf(END);
    if (end < 0) return part === "" ? [] : [part];
    return [<strong key={n}>{part.slice(0, end)}</strong>, part.slice(end + 1)];
  });
}
