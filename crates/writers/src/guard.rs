//! The apostrophe before cells of a CSV file that a spreadsheet would run as a formula.
//!
//! What begins with `=` or `@` can be one, and so can what begins with a character that spreadsheets skip (tab, line
//! break). `+` and `-` begin a formula only where the rest can be calculated: `+1-555-0100` is a subtraction to Excel, and
//! `-SUM(A1)` a formula, but `+49 7541 5900` and `+1 (555) 010-0100` are not, because two numbers stand side by side with
//! no operator between them, and `+4975415900` and `-5` are numbers by themselves. Those keep their form.
//!
//! A cell that begins with apostrophes and then with any of these characters gets one more. Reading takes exactly one
//! apostrophe off such cells, and leaves all others (`'s-Hertogenbosch`) alone; so every value comes back as it was, and a
//! file from elsewhere that was guarded more widely loses its apostrophes too.

use std::borrow::Cow;

/// What a formula can begin with. The last four are the full-width forms, which count as well where those are typed.
const FORMULA_STARTS: [&[u8]; 12] = [
    b"=",
    b"+",
    b"-",
    b"@",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    "＝".as_bytes(),
    "＋".as_bytes(),
    "－".as_bytes(),
    "＠".as_bytes(),
];

/// Whether the cell, without its leading apostrophes, begins like a formula.
fn begins_like_formula(cell: &[u8]) -> bool {
    let apostrophes = apostrophes(cell);
    FORMULA_STARTS.iter().any(|start| cell[apostrophes..].starts_with(start))
}

fn apostrophes(cell: &[u8]) -> usize {
    cell.iter().take_while(|byte| **byte == b'\'').count()
}

/// Whether the cell, which begins with a plus or minus sign, cannot be calculated: only digits and what stands between
/// the digits of telephone numbers, and either one number or two side by side.
fn is_no_calculation(cell: &str) -> bool {
    let mut characters = cell.chars();
    if !matches!(characters.next(), Some('+' | '-')) {
        return false;
    }
    let rest = without_extension(characters.as_str());
    let (rest, has_extension) = (rest.0.trim_end_matches(BLANKS), rest.1);
    if rest.is_empty() {
        return true;
    }
    let is_phone = rest.chars().all(|c| c.is_ascii_digit() || BLANKS.contains(&c) || "()-./".contains(c));
    let is_number = rest.bytes().all(|byte| byte.is_ascii_digit());
    is_phone && rest.contains(|c: char| c.is_ascii_digit()) && (is_number || has_extension || has_neighbors(rest))
}

/// Blanks of telephone numbers, the unbreakable one among them.
const BLANKS: [char; 2] = [' ', '\u{a0}'];

/// The number without its extension ("ext. 12"), and whether it has one: a number and a word side by side.
fn without_extension(text: &str) -> (&str, bool) {
    let number = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let mark = number.trim_end_matches(BLANKS);
    let ends = ["ext.", "ext", "x"].into_iter().find_map(|word| mark.strip_suffix(word));
    match ends {
        Some(rest)
            if number.len() < text.len() && rest.ends_with(|c: char| c.is_ascii_digit() || BLANKS.contains(&c)) =>
        {
            (rest, true)
        }
        _ => (text, false),
    }
}

/// Whether two operands follow one another with nothing but blanks between them: `49 7541`, `1 (555)`, `49(0)`.
fn has_neighbors(text: &str) -> bool {
    let (mut before, mut blank) = (' ', false);
    for c in text.chars() {
        if BLANKS.contains(&c) {
            blank = true;
            continue;
        }
        let ends = before.is_ascii_digit() || before == ')';
        let begins = c == '(' || (c.is_ascii_digit() && (blank || before == ')'));
        if ends && begins {
            return true;
        }
        (before, blank) = (c, false);
    }
    false
}

/// Whether the cell carries the apostrophe that [`guard`] puts before cells. Cells that have one of their own get a
/// second, so taking one off always gives back what was written.
#[must_use]
pub fn is_guarded(cell: &[u8]) -> bool {
    cell.first() == Some(&b'\'') && begins_like_formula(cell)
}

/// The cell without the apostrophe that guarded it.
#[must_use]
pub fn strip_guard(cell: &str) -> &str {
    if is_guarded(cell.as_bytes()) { &cell[1..] } else { cell }
}

/// The cell as it is written, with an apostrophe where a spreadsheet could take it for a formula.
pub(crate) fn guard(cell: &str) -> Cow<'_, str> {
    let is_open = begins_like_formula(cell.as_bytes()) && !is_no_calculation(cell);
    if is_open { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_calculated_is_guarded() {
        let formulas = [
            "=1+1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "\0",
            "＝1",
            "＋49 30",
            "+1-555-0100",
            "+1.5.5/2",
            "-1-2",
            "+A1",
            "-2+3",
            "- met at the fair",
            "+cmd|' /C calc'!A0",
            "+49 30 cmd|x",
            "+1*2",
            "+(1)",
            "-(5)",
            "+49/30",
            "+1 - 2",
            "+1 555 0100+A1",
            "+1 2;3",
            "+.",
            "++1",
            "+1 2\t",
        ];
        for cell in formulas {
            let guarded = guard(cell);
            assert_eq!(guarded, format!("'{cell}"));
            assert!(is_guarded(guarded.as_bytes()));
            assert_eq!(strip_guard(&guarded), cell);
        }
    }

    #[test]
    fn telephone_numbers_keep_their_form() {
        let plain = [
            "+49 7541 5900",
            "+4975415900",
            "+1 (555) 010-0100",
            "+1 555-010-0100",
            "+1 555 010-0100 ext. 12",
            "+15550100 x12",
            "+49(0)7541 5900",
            "+49\u{a0}30 1234",
            "-5",
            "-",
            "+",
            "",
            "'",
            "'s-Hertogenbosch",
            "O'Neil",
            "a=b",
            "1-2",
            "＃",
        ];
        for cell in plain {
            assert_eq!(guard(cell), cell);
            assert_eq!(strip_guard(cell), cell);
        }
    }

    #[test]
    fn an_apostrophe_of_its_own_gets_a_second() {
        for cell in ["'=1", "''+", "'+49 7541 5900", "'-"] {
            assert_eq!(guard(cell), format!("'{cell}"));
            assert_eq!(strip_guard(&guard(cell)), cell);
        }
        assert_eq!(strip_guard("'+49 7541 5900"), "+49 7541 5900", "as it was guarded before, and is elsewhere");
    }
}
