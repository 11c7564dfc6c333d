//! What a spreadsheet calculates, told in another way than the writer tells it: by trying to.

/// Whether a spreadsheet could take the cell for a formula.
pub fn is_formula(cell: &str) -> bool {
    if cell.starts_with(['=', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']) {
        return true;
    }
    if !cell.starts_with(['+', '-']) {
        return false;
    }
    // Names, functions and other sheets need letters or signs that telephone numbers don't have.
    let number = cell.split([' ', 'x', 'e']).next().unwrap_or_default().len();
    let is_extension = |rest: &str| {
        rest.trim_start_matches(char::is_alphabetic).trim_start_matches(['.', ' ']).bytes().all(|b| b.is_ascii_digit())
    };
    let at = cell.find(char::is_alphabetic).unwrap_or(cell.len());
    let (start, rest) = cell.split_at(at);
    let has_extension =
        !rest.is_empty() && number > 0 && is_extension(rest) && start.contains(|c: char| c.is_ascii_digit());
    if start.contains(|c: char| !c.is_ascii_digit() && !" \u{a0}()-./+".contains(c))
        || (!rest.is_empty() && !has_extension)
    {
        return true;
    }
    // A number and a word side by side are nothing that can be calculated.
    !has_extension && calculates(start)
}

/// Whether the text, which has signs, digits, blanks and parentheses only, is more than one number and can be calculated.
fn calculates(text: &str) -> bool {
    let unbroken = text.replace('\u{a0}', " ");
    let mut parser = Parser { rest: unbroken.trim(), operators: 0 };
    parser.expression() && parser.rest.is_empty() && parser.operators > 0
}

struct Parser<'a> {
    rest: &'a str,
    operators: usize,
}

impl Parser<'_> {
    fn take(&mut self, wanted: &[char]) -> bool {
        self.rest = self.rest.trim_start();
        let found = self.rest.starts_with(wanted);
        self.rest = if found { &self.rest[1..] } else { self.rest };
        found
    }

    fn expression(&mut self) -> bool {
        if !self.term() {
            return false;
        }
        while self.take(&['+', '-', '/']) {
            self.operators += 1;
            if !self.term() {
                return false;
            }
        }
        true
    }

    fn term(&mut self) -> bool {
        while self.take(&['+', '-']) {}
        if self.take(&['(']) {
            self.operators += 1;
            return self.expression() && self.take(&[')']);
        }
        self.rest = self.rest.trim_start();
        let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(self.rest.len());
        let number = &self.rest[..end];
        self.rest = &self.rest[end..];
        number.contains(|c: char| c.is_ascii_digit()) && number.matches('.').count() <= 1
    }
}

#[test]
fn formulas_are_told_from_telephone_numbers() {
    for formula in ["=1", "+1-555-0100", "-(5)", "+49/30", "+1 - 2", "+A1", "-2+3", "- met", "+cmd|x", "+1*2"] {
        assert!(is_formula(formula), "{formula}");
    }
    for plain in ["+49 7541 5900", "+1 (555) 010-0100", "+4975", "-5", "-", "+", "+1 555 ext. 12", "+49(0)7541", "x"] {
        assert!(!is_formula(plain), "{plain}");
    }
}
