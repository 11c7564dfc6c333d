import { describe, expect, it } from "vitest";
import { english } from "./resources.ts";

/** What the texts no longer say, and what they say instead or why not. */
const RETIRED: readonly (readonly [RegExp, string])[] = [
  // One word for one thing.
  [/\b(who|nobody|anybody|people|person) waits?\b|\bwaiting (people|persons?|contacts?)\b/i, "a contact is pending"],
  [/\bstudents too\b/i, "Visible to students; the chip says Students"],
  [/\binterview schedules?\b/i, "OCI, OCIs"],
  [/\bheard of\b|\blast heard\b/i, "last contact"],
  [/\b(comes?|came) back\b(?! to\b)/i, "mail bounced; a record is restored"],
  [/\b(take|takes|taking|taken|took) (it |them )?back\b/i, "undo, undone"],
  [/\blog-(in|ins|out)\b/i, "log in is the verb, login the noun"],
  [/\be-mail/i, "email"],
  [/\brests\b/i, "it is in the trash"],
  [/\beras(e|es|ed|ing)\b|\bfor good\b/i, "delete permanently"],
  [/\bdesks?\b/i, "Liaison, or this computer"],
  [/\busers? of an employer\b/i, "employer user"],
  [/\b(is|are) there\.$/i, "what was made is added or created"],
  // Before and after.
  [/\bnothing matches this search\b/i, "no contacts match"],
  [/\bperhaps already\b|\blikely duplicates?\b/i, "possible duplicates"],
  [/\b(is|are) so no longer\b|\bso already\b/i, "say what is no longer, or already, the case"],
  [/\bany more\b/i, "no longer, or can’t"],
  [/\bas the first of them\b/i, "Preview, with the name"],
  [/\bnobody is sent\b/i, "no email is sent"],
  [/\bfrom then on\b/i, "say what will happen"],
  [/\bwhoever/i, "the person who, or you"],
  [/\bopens nothing\b/i, "stops working"],
  [/\bthe look was\b/i, "colors and logo"],
  [/\banew\b/i, "again, or please retype it"],
  [/\bjust so\b/i, "say why it can’t be undone"],
  [/\bwent already\b/i, "has already been sent"],
  [/\bat Inactive\b/, "formerly at the employer before, with the chip Inactive"],
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\bneeded\.$/i, "say what to enter"],
  [/\bneed another look\b/i, "check the highlighted fields"],
  [/\bcancell(ed|ing)\b/i, "canceled, canceling"],
  [/\bas whom\b/i, "who to view as"],
  // Rules of every text.
  [/\bsuccessful/i, "the result says it"],
  [/\bare you sure\b/i, "say what will happen"],
  [/['"]/, "one apostrophe (’) and one kind of quotation mark (“ ”)"],
  [/!/, "no exclamation marks"],
  [/ {2}/, "no double spaces"],
];

/** Labels fixed by the requirements, which keep their words. */
const QUOTED = ["You do not have access to this site.", "in-app-video interview schedule"];

function texts(value: unknown, key = ""): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value ?? {}).flatMap(([part, inner]) => texts(inner, key === "" ? part : `${key}.${part}`));
}

/** Without what is filled in, and without labels that are quoted. */
function own(text: string): string {
  return QUOTED.reduce((rest, label) => rest.replaceAll(label, ""), text.replaceAll(/\{\{.*?\}\}/g, "_"));
}

describe("retired words", () => {
  it.each(Object.entries(english))("stay out of %s", (file, catalogue) => {
    const found = texts(catalogue, file).flatMap(([key, text]) =>
      RETIRED.filter(([pattern]) => pattern.test(own(text))).map(
        ([pattern, instead]) => `${key}: “${text}” has ${pattern}: ${instead}`,
      ),
    );
    expect(found).toEqual([]);
  });

  it("would be found", () => {
    const found = (text: string) => RETIRED.some(([pattern]) => pattern.test(own(text)));
    const before = [
      "Nobody who waits matches this search and these filters.",
      "Taken back: {{name}} is rejected.",
      "Last log-in",
      "Type it anew.",
      "It's here.",
      "Done!",
    ];
    for (const text of before) expect(found(text), text).toBe(true);
    const after = ["No pending contacts match.", "Undone. {{name}} is pending again.", "Last login", "It’s here."];
    for (const text of after) expect(found(text), text).toBe(false);
  });
});
