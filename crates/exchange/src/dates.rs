//! Dates as people and programs write them.

use chrono::{Datelike, NaiveDate};

use crate::{
    assumed::{DateOrder, Doubt},
    table::Table,
};

/// What dates in each column are read as.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    orders: Vec<DateOrder>,
    fallback: Option<DateOrder>,
}

impl Dates {
    /// Looks at every column as a whole: one date such as 5/31/2026 tells how the others beside it are meant. Answers
    /// also the order to be told, where any date needs one, and the doubt about it.
    pub(crate) fn of(
        table: &Table,
        headers: &[String],
        chosen: Option<DateOrder>,
    ) -> (Self, Option<DateOrder>, Option<Doubt>) {
        let found: Vec<Evidence> = (0..table.columns()).map(|column| Evidence::of(table, column)).collect();
        // A column that says nothing by itself is taken for one like the others of its file.
        let known = found.iter().find_map(Evidence::order);
        let fallback = chosen.or(known).unwrap_or(DateOrder::MonthFirst);
        let undecided: Vec<usize> = (0..found.len()).filter(|&column| found[column].is_open()).collect();
        let doubt = undecided.first().filter(|_| chosen.is_none()).map(|first| Doubt::AmbiguousDates {
            columns: undecided.iter().map(|&column| headers[column].trim().chars().take(80).collect()).collect(),
            example: found[*first].example.clone().unwrap_or_default(),
        });
        let orders = found.iter().map(|found| chosen.or(found.order()).unwrap_or(fallback)).collect();
        let needed = found.iter().any(|found| found.example.is_some()).then_some(fallback);
        (Self { orders, fallback: Some(fallback) }, needed, doubt)
    }

    /// The date in a cell of the column, as year-month-day; `None` if it is none.
    pub(crate) fn read(&self, column: usize, text: &str) -> Option<String> {
        let order = self.orders.get(column).copied().or(self.fallback).unwrap_or(DateOrder::MonthFirst);
        let date = date(text, order)?;
        Some(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()))
    }
}

/// What the dates of a column tell about the order of day and month.
#[derive(Default)]
struct Evidence {
    day_first: bool,
    month_first: bool,
    /// The first date that could mean two days.
    example: Option<String>,
}

impl Evidence {
    fn of(table: &Table, column: usize) -> Self {
        let mut evidence = Self::default();
        for row in 0..table.rows() {
            let cell = table.cell(row, column).trim_ascii();
            if !cell.starts_with(|c: char| c.is_ascii_digit()) || cell.len() > 30 {
                continue;
            }
            let Some((first, second, year)) = without_time(cell).and_then(two_and_a_year) else { continue };
            match (first > 12, second > 12) {
                (true, false) => evidence.day_first = true,
                (false, true) => evidence.month_first = true,
                (false, false) if first != second && year > 0 && evidence.example.is_none() => {
                    evidence.example = Some(cell.to_owned());
                }
                _ => {}
            }
        }
        evidence
    }

    fn order(&self) -> Option<DateOrder> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    fn is_open(&self) -> bool {
        self.example.is_some() && self.order().is_none()
    }
}

/// Reads a date in any usual form; `order` settles those that could mean two days.
fn date(text: &str, order: DateOrder) -> Option<NaiveDate> {
    let text = without_time(text.trim())?;
    if let Some((first, second, year)) = two_and_a_year(text) {
        // Where only one of the orders makes a date, that one is meant.
        let [month_first, day_first] =
            [(first, second), (second, first)].map(|(month, day)| NaiveDate::from_ymd_opt(year, month, day));
        return match order {
            DateOrder::MonthFirst => month_first.or(day_first),
            DateOrder::DayFirst => day_first.or(month_first),
        };
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    if let [first, second, third] = parts[..] {
        let numbers = [number(first), number(second), number(third)];
        if let [Some(year), Some(month), Some(day)] = numbers
            && first.len() == 4
        {
            return NaiveDate::from_ymd_opt(year as i32, month, day);
        }
        // With full stops the day comes first wherever they are used.
        if let [Some(day), Some(month), Some(_)] = numbers
            && text.contains('.')
        {
            return NaiveDate::from_ymd_opt(full_year(third)?, month, day);
        }
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match (text.len(), text.parse::<u32>().ok()?) {
            // The number a spreadsheet keeps for a date: days since the end of 1899.
            (5, days @ 15_000..=80_000) => {
                NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(u64::from(days)))
            }
            (8, day) => NaiveDate::from_ymd_opt((day / 10_000) as i32, day / 100 % 100, day % 100)
                .filter(|date| (1900..2200).contains(&date.year())),
            _ => None,
        };
    }
    in_words(text)
}

/// The date before a time of day: "2026-05-01T00:00:00Z", "5/1/2026 2:30 PM".
fn without_time(text: &str) -> Option<&str> {
    let (date, time) = match text.split_once('T') {
        Some((date, time)) if date.len() == 10 && date.ends_with(|c: char| c.is_ascii_digit()) => (date, time),
        _ => match text.find(':').map(|colon| text[..colon].trim_end_matches(|c: char| c.is_ascii_digit())) {
            None => return Some(text),
            Some(date) => (date.trim_end().trim_end_matches(','), &text[date.len()..]),
        },
    };
    let is_time = |c: char| c.is_ascii_digit() || ":.,+- ZzAaPpMm\u{202f}\u{a0}".contains(c);
    (!date.is_empty() && time.chars().all(is_time)).then_some(date)
}

/// Two numbers of up to two digits and a year, between slashes or hyphens: which of the two is the month is open.
fn two_and_a_year(text: &str) -> Option<(u32, u32, i32)> {
    let separator = ['/', '-'].into_iter().find(|separator| text.contains(*separator))?;
    let mut parts = text.split(separator).map(str::trim);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || first.len() > 2 || second.len() > 2 {
        return None;
    }
    Some((number(first)?, number(second)?, full_year(year)?))
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// A year of four digits, or of two: spreadsheets take those up to 49 for this century.
fn full_year(text: &str) -> Option<i32> {
    let year = number(text)? as i32;
    match text.len() {
        4 if (1000..=9999).contains(&year) => Some(year),
        2 if year <= 49 => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

/// Months by the beginnings of their names in English, German, French and Spanish.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "ene"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz"],
    &["apr", "avr", "abr"],
    &["may", "mai"],
    &["jun", "juin"],
    &["jul", "juil"],
    &["aug", "aoû", "aou", "ago"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let is_word = word.chars().all(char::is_alphabetic) && word.chars().count() <= 10;
    let at = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    is_word.then_some(at as u32 + 1)
}

/// "1 May 2026", "May 1, 2026", "Friday, 1st of May 2026", "1-May-26".
fn in_words(text: &str) -> Option<NaiveDate> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    let (mut day, mut named, mut year) = (None, None, None);
    for word in words.filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
        let is_ordinal = ["", "st", "nd", "rd", "th", "er", "º"].contains(&&word[digits.len()..]);
        if let Some(found) = month(word) {
            named = named.is_none().then_some(found).or(named);
        } else if !digits.is_empty() && is_ordinal {
            if digits.len() <= 2 && day.is_none() {
                day = Some(number(digits)?);
            } else if year.is_none() {
                year = Some(full_year(digits)?);
            } else {
                return None;
            }
        } else if !is_day_of_the_week(word) && !["of", "de", "del"].contains(&word.to_lowercase().as_str()) {
            return None;
        }
    }
    NaiveDate::from_ymd_opt(year?, named?, day?)
}

fn is_day_of_the_week(word: &str) -> bool {
    const BEGINNINGS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let word = word.to_lowercase();
    BEGINNINGS.iter().any(|known| word.starts_with(known)) && word.len() <= 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ReadError;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        Dates { orders: vec![order], fallback: None }.read(0, text)
    }

    #[test]
    fn dates_of_one_meaning() {
        for (text, expect) in [
            ("2026-05-01", "2026-05-01"),
            ("2026/5/1", "2026-05-01"),
            ("2026-05-01T00:00:00Z", "2026-05-01"),
            ("2026-05-01 14:30", "2026-05-01"),
            ("20260501", "2026-05-01"),
            ("31.12.2025", "2025-12-31"),
            ("1. 5. 26", "2026-05-01"),
            ("1 May 2026", "2026-05-01"),
            ("May 1, 2026", "2026-05-01"),
            ("Friday, May 1st, 2026", "2026-05-01"),
            ("1-May-26", "2026-05-01"),
            ("1. Mai 2026", "2026-05-01"),
            ("1er mai 2026", "2026-05-01"),
            ("5 de mayo de 2026", "2026-05-05"),
            ("12/31/2025", "2025-12-31"),
            ("31/12/2025", "2025-12-31"),
            ("46143", "2026-05-01"),
            ("5/31/2026 2:30 PM", "2026-05-31"),
        ] {
            for order in [DateOrder::MonthFirst, DateOrder::DayFirst] {
                assert_eq!(read(text, order).as_deref(), Some(expect), "{text}");
            }
        }
        for text in ["", "soon", "2026", "May 2026", "13/13/2026", "2026-13-01", "+1 212 555 0101", "1/2", "a:b", "May"]
        {
            assert_eq!(read(text, DateOrder::MonthFirst), None, "{text}");
        }
    }

    #[test]
    fn a_column_tells_its_order() -> Result<(), ReadError> {
        let of = |cells: &[&str], chosen| -> Result<(Option<String>, Option<DateOrder>, bool), ReadError> {
            let mut table = Table::with_columns(1);
            for cell in cells {
                table.push([*cell])?;
            }
            let (dates, order, doubt) = Dates::of(&table, &["Day".to_owned()], chosen);
            Ok((dates.read(0, "05/06/2026"), order, doubt.is_some()))
        };
        let (may, june) = (Some("2026-05-06".to_owned()), Some("2026-06-05".to_owned()));
        let (month, day) = (Some(DateOrder::MonthFirst), Some(DateOrder::DayFirst));
        assert_eq!(of(&["05/06/2026", "05/31/2026"], None)?, (may.clone(), month, false));
        assert_eq!(of(&["05/06/2026", "31/05/2026"], None)?, (june.clone(), day, false));
        assert_eq!(of(&["05/06/2026"], None)?, (may.clone(), month, true));
        assert_eq!(of(&["05/06/2026"], day)?, (june, day, false));
        assert_eq!(of(&["05/05/2026", "2026-01-02", "5/31/2026"], None)?, (may, None, false), "nothing is open");
        Ok(())
    }
}
