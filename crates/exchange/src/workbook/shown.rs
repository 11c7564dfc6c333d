//! What a person reads in a cell.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime, Style};

use liaison_values::cell::{ESCAPE_BYTES, escaped_character};
use liaison_values::number_format::NumberFormat;

/// How a number is shown: the part of a cell's style that changes what a person reads.
#[derive(Debug, Clone, Default)]
pub(super) struct Display {
    format: Option<NumberFormat>,
}

impl Display {
    pub(super) fn of(style: &Style) -> Self {
        Self::of_code(style.number_format.as_ref().map_or("", |format| format.format_code.as_str()))
    }

    /// By the code of the number format, such as "00000".
    pub(super) fn of_code(code: &str) -> Self {
        Self { format: NumberFormat::of(code) }
    }

    /// Whether numbers are shown as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.format.is_none()
    }

    fn number(&self, number: f64) -> Option<String> {
        self.format.as_ref()?.show(number)
    }
}

/// A value as a person reads it in the sheet.
pub(super) fn shown<'a>(value: &'a DataRef<'_>, display: &Display) -> Cow<'a, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) => unescape(text),
        DataRef::SharedString(text) => unescape(text),
        DataRef::Int(number) => Cow::Owned(display.number(*number as f64).unwrap_or_else(|| number.to_string())),
        DataRef::Float(number) => Cow::Owned(float(*number, display)),
        DataRef::Bool(true) => Cow::Borrowed("yes"),
        DataRef::Bool(false) => Cow::Borrowed("no"),
        DataRef::DateTime(moment) => Cow::Owned(date(moment)),
        DataRef::DateTimeIso(text) => Cow::Borrowed(text.strip_suffix("T00:00:00").unwrap_or(text)),
        DataRef::DurationIso(text) => Cow::Borrowed(text),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}

/// Text of a workbook as a spreadsheet shows it: "_x000D_" stands for the character with that number (ECMA-376,
/// 22.9.2.19), which is how characters that XML cannot hold are written, and texts that look like such an escape.
fn unescape(text: &str) -> Cow<'_, str> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let escaped = escaped_character(&rest[at..]);
        let end = at + if escaped.is_some() { ESCAPE_BYTES } else { 2 };
        plain.push_str(if escaped.is_some() { &rest[..at] } else { &rest[..end] });
        plain.extend(escaped);
        rest = &rest[end..];
    }
    if plain.is_empty() && rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Whole numbers without a decimal point. Beyond fifteen digits a workbook does not know the number exactly.
fn float(number: f64, display: &Display) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return display.number(number).unwrap_or_else(|| format!("{number:.0}"));
    }
    number.to_string()
}

/// `yyyy-mm-dd`, with the time if there is one; `hh:mm:ss` for times and durations.
fn date(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let seconds = (days.abs() * 86_400.0).round();
    if moment.is_duration() {
        let (hours, rest) = ((seconds / 3600.0).floor(), seconds % 3600.0);
        let sign = if days < 0.0 { "-" } else { "" };
        return format!("{sign}{hours}:{:02}:{:02}", (rest / 60.0).floor(), rest % 60.0);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (0.0..1.0).contains(&days) {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else if hour == 0 && minute == 0 && second == 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
