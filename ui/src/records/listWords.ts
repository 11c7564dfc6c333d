import type { english } from "~/kit/i18n/resources.ts";

type Words = { [word: string]: unknown } & {
  title: string;
  /** The grid's name. */
  list: string;
  search: string;
  total_one: string;
  total_other: string;
  empty: { none: string };
  new: string;
  add: string;
  added: string;
};

/** A file of the catalogue that has all the words a list and its form of new records need; tsc checks that it does. */
export type ListWords = {
  [Name in keyof typeof english]: (typeof english)[Name] extends Words ? Name : never;
}[keyof typeof english];
