import type { TFunction } from "i18next";
import type { Doubt } from "~/ipc";

/** The names of the characters that usually separate cells. */
export const SEPARATORS: { [sign: string]: "comma" | "semicolon" | "tab" | "pipe" } = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "pipe",
};

/** What a person should look at before anything is imported, and what to do about it. */
export function doubtWords(t: TFunction, doubt: Doubt): string {
  switch (doubt.kind) {
    case "encoding_guessed":
      return doubt.words.length === 0
        ? t("import.reading.doubt.encoding_guessed", { encoding: doubt.encoding })
        : t("import.reading.doubt.encoding_words", { encoding: doubt.encoding, words: doubt.words.join(", ") });
    case "mixed_encodings":
      return t("import.reading.doubt.mixed_encodings", {
        count: doubt.rows,
        first: doubt.first,
        encoding: doubt.encoding,
      });
    case "formulas_without_value":
    case "scientific_numbers":
      return t(`import.reading.doubt.${doubt.kind}`, { count: doubt.cells, first: doubt.first });
    case "long_quoted_cells":
      return t("import.reading.doubt.long_quoted_cells", {
        count: doubt.rows,
        first: doubt.first,
        lines: doubt.lines,
      });
    case "replaced_characters":
    case "quotes":
    case "rows_of_another_length":
      return t(`import.reading.doubt.${doubt.kind}`, { count: doubt.rows, first: doubt.first });
    case "rows_above_header":
      return t("import.reading.doubt.rows_above_header", { count: doubt.rows });
    case "other_sheets":
      return t("import.reading.doubt.other_sheets", { count: doubt.sheets });
    case "ambiguous_dates":
      return t("import.reading.doubt.ambiguous_dates", {
        example: doubt.example,
        columns: doubt.columns.join(", "),
      });
    case "no_header":
      return t("import.reading.doubt.no_header");
  }
}
