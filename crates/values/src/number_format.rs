//! Number formats that put digits into places: postal codes, telephone numbers, numbers of people.

/// A number format whose every place is a digit. Formats for amounts, shares and dates are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    /// Numbers up to this one (or below it, or from it on) take this section.
    condition: Option<(Comparison, i64)>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// "0": a digit, or a zero where there is none.
    Zero,
    /// "#" or "?": a digit, if there is one.
    Digit,
    Text(char),
}

impl NumberFormat {
    /// The format with this code, if it says more than the bare number.
    pub fn of(code: &str) -> Option<Self> {
        if code.len() > 200 || !code.contains(['0', '#']) {
            return None;
        }
        let mut sections = Vec::new();
        let mut rest = code;
        while !rest.is_empty() {
            let (section, after) = section(rest)?;
            sections.extend(section);
            rest = after;
        }
        let says_nothing = |section: &Section| section.condition.is_none() && matches!(section.parts[..], [_]);
        (!sections.is_empty() && !sections.iter().all(says_nothing)).then_some(Self { sections })
    }

    /// The number as the format shows it; `None` for numbers it does not show digit by digit.
    pub fn show(&self, number: f64) -> Option<String> {
        if number < 0.0 || number.fract() != 0.0 || number >= 1e15 {
            return None;
        }
        let fits = |section: &&Section| {
            section.condition.is_none_or(|(comparison, limit)| {
                let whole = number as i64;
                match comparison {
                    Comparison::Less => whole < limit,
                    Comparison::LessOrEqual => whole <= limit,
                    Comparison::Greater => whole > limit,
                    Comparison::GreaterOrEqual => whole >= limit,
                    Comparison::Equal => whole == limit,
                }
            })
        };
        let section = self.sections.iter().find(fits)?;
        Some(section.show(&format!("{number:.0}")))
    }
}

impl Section {
    fn show(&self, digits: &str) -> String {
        let places = self.parts.iter().filter(|part| !matches!(part, Part::Text(_))).count();
        let mut left = digits.len().saturating_sub(places);
        let mut missing = places.saturating_sub(digits.len());
        let mut digits = digits.chars();
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Text(c) => text.push(*c),
                Part::Zero | Part::Digit if missing > 0 => {
                    missing -= 1;
                    if *part == Part::Zero {
                        text.push('0');
                    }
                }
                Part::Zero | Part::Digit => {
                    // The first place takes all digits that have none of their own.
                    text.extend(digits.by_ref().take(1 + std::mem::take(&mut left)));
                }
            }
        }
        text.trim().to_owned()
    }
}

/// Takes the first section off a code, up to its semicolon. Inside is `None` for a section that shows no number, such as
/// the one for texts; the whole is `None` for a format that shows numbers otherwise than digit by digit.
fn section(code: &str) -> Option<(Option<Section>, &str)> {
    let (mut parts, mut condition, mut is_for_text) = (Vec::new(), None, false);
    let mut characters = code.char_indices();
    let mut after = "";
    while let Some((at, c)) = characters.next() {
        match c {
            ';' => {
                after = &code[at + 1..];
                break;
            }
            '0' => parts.push(Part::Zero),
            '#' | '?' => parts.push(Part::Digit),
            '@' => is_for_text = true,
            '"' => parts.extend(characters.by_ref().map(|(_, c)| c).take_while(|c| *c != '"').map(Part::Text)),
            '\\' => parts.push(Part::Text(characters.next()?.1)),
            // A blank as wide as the next character.
            '_' => {
                characters.next()?;
                parts.push(Part::Text(' '));
            }
            '[' => {
                let inside: String = characters.by_ref().map(|(_, c)| c).take_while(|c| *c != ']').collect();
                condition = bracket(&inside)?.or(condition);
            }
            '-' | '(' | ')' | ' ' | '+' | ':' => parts.push(Part::Text(c)),
            // Decimal points, thousands, shares, fractions, dates, and whatever there may be.
            _ => return None,
        }
    }
    let shows = parts.iter().any(|part| !matches!(part, Part::Text(_)));
    Some(((shows && !is_for_text).then_some(Section { condition, parts }), after))
}

/// What stands in brackets: a condition, or a color or a language, which say nothing here. `None` for durations.
#[expect(clippy::option_option, reason = "nothing to say and nothing understood are two answers")]
fn bracket(inside: &str) -> Option<Option<(Comparison, i64)>> {
    let comparisons = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    let found = comparisons.into_iter().find_map(|(sign, comparison)| Some((comparison, inside.strip_prefix(sign)?)));
    if let Some((comparison, limit)) = found {
        return Some(Some((comparison, limit.trim().parse().ok()?)));
    }
    let is_duration = !inside.is_empty() && inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S'));
    (!is_duration).then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(code: &str, number: f64) -> Option<String> {
        NumberFormat::of(code)?.show(number)
    }

    #[test]
    fn digits_go_to_their_places() {
        for (code, number, expect) in [
            ("00000", 2139.0, "02139"),
            ("00000-0000", 21_391_234.0, "02139-1234"),
            ("00000;@", 2139.0, "02139"),
            ("[$-407]00000", 1067.0, "01067"),
            ("[<=99999]00000;00000\\-0000", 21_391_234.0, "02139-1234"),
            ("[<=99999]00000;00000\\-0000", 2139.0, "02139"),
            ("[<=9999999]###-####;(###) ###-####", 2_125_550_101.0, "(212) 555-0101"),
            ("[<=9999999]###-####;(###) ###-####", 5_550_101.0, "555-0101"),
            ("\"+1 \"(000) 000-0000", 2_125_550_104.0, "+1 (212) 555-0104"),
            ("000-00-0000", 12_345_678.0, "012-34-5678"),
            ("0000", 123_456.0, "123456"),
        ] {
            assert_eq!(show(code, number).as_deref(), Some(expect), "{code}");
        }
    }

    #[test]
    fn other_formats_show_the_bare_number() {
        for code in ["", "General", "0", "#", "0.00", "#,##0", "0%", "yyyy-mm-dd", "0.00E+00", "# ?/?", "@", "[h]:mm"] {
            assert_eq!(show(code, 2139.0), None, "{code}");
        }
        assert_eq!(show("00000", -1.0), None);
        assert_eq!(show("00000", 1.5), None);
    }
}
