//! Texts of merged records, one after the other.

use liaison_domain::value::Value;

/// The texts that are not part of an earlier one, one below the other, as many as fit into `max` characters.
pub(super) fn united_texts<'v>(values: impl Iterator<Item = &'v Value>, max: usize) -> Value {
    let mut united = String::new();
    for value in values {
        append(&mut united, "\n\n", value.as_text(), max);
    }
    Value::text(united)
}

/// Appends a part that the text does not have yet, where it still fits into `max` characters.
pub(super) fn append(text: &mut String, between: &str, part: &str, max: usize) -> bool {
    if text.contains(part) {
        return true;
    }
    let between = if text.is_empty() { "" } else { between };
    let fits = text.chars().count() + between.len() + part.chars().count() <= max;
    if fits {
        text.push_str(between);
        text.push_str(part);
    }
    fits
}
