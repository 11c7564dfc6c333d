//! Templates: text with places for fields, `{{first_name}}`. A place may say what stands there where the field is
//! empty: `{{first_name|colleague}}`.

use crate::address::is_invisible;
use std::collections::BTreeMap;

/// Values of places, by key.
pub type Values = BTreeMap<String, String>;

/// A text with places for fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Place { key: String, otherwise: String },
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    /// A place begins and does not end.
    #[error("a place begins with {{{{ and is not closed with }}}}: {text}")]
    Unclosed {
        /// The text from where it begins.
        text: String,
    },
    /// Places that nothing is known for.
    #[error("there is no field for {}", .places.iter().map(|p| format!("{{{{{p}}}}}")).collect::<Vec<_>>().join(", "))]
    UnknownPlaces {
        /// What stands in them.
        places: Vec<String>,
    },
}

/// A text with its places filled: what the template says and what fields say are kept apart, so that a field can add
/// words and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub(crate) Vec<Run>);

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) text: String,
    /// From a field, not from whoever wrote the template.
    pub(crate) of_field: bool,
}

impl Template {
    /// Reads a template whose places may be `known` keys. Errors name every place there is no field for.
    pub fn parse(text: &str, known: &[&str]) -> Result<Template, TemplateProblem> {
        let (mut pieces, mut unknown, mut rest) = (Vec::new(), Vec::new(), text);
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((place, behind)) = after.split_once("}}") else {
                let text = rest[before.len()..].chars().take(40).collect();
                return Err(TemplateProblem::Unclosed { text });
            };
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            let (key, otherwise) = place.split_once('|').unwrap_or((place, ""));
            let key = key.trim().to_owned();
            if !known.contains(&key.as_str()) && !unknown.contains(&key) {
                unknown.push(key.clone());
            }
            pieces.push(Piece::Place { key, otherwise: otherwise.trim().to_owned() });
            rest = behind;
        }
        if !unknown.is_empty() {
            return Err(TemplateProblem::UnknownPlaces { places: unknown });
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Template(pieces))
    }

    /// Fills the places. A value's line breaks become spaces: it adds words to a line, never lines to a letter.
    pub fn fill(&self, values: &Values) -> Text {
        Text(
            self.0
                .iter()
                .map(|piece| match piece {
                    Piece::Words(text) => Run { text: text.clone(), of_field: false },
                    Piece::Place { key, otherwise } => {
                        let value = one_line(values.get(key).map_or("", String::as_str));
                        if value.is_empty() {
                            Run { text: otherwise.clone(), of_field: false }
                        } else {
                            Run { text: value, of_field: true }
                        }
                    }
                })
                .collect(),
        )
    }

    /// The keys of its places, each once.
    pub fn places(&self) -> Vec<&str> {
        let mut places = Vec::new();
        for piece in &self.0 {
            if let Piece::Place { key, .. } = piece
                && !places.contains(&key.as_str())
            {
                places.push(key.as_str());
            }
        }
        places
    }

    /// The keys of its places that are empty in `values` and have nothing to stand there instead.
    pub fn empty_places(&self, values: &Values) -> Vec<String> {
        let mut empty: Vec<String> = Vec::new();
        for piece in &self.0 {
            if let Piece::Place { key, otherwise } = piece
                && otherwise.is_empty()
                && one_line(values.get(key).map_or("", String::as_str)).is_empty()
                && !empty.contains(key)
            {
                empty.push(key.clone());
            }
        }
        empty
    }
}

impl Text {
    /// A text without places.
    pub fn plain(text: &str) -> Text {
        Text(vec![Run { text: text.to_owned(), of_field: false }])
    }

    /// The text.
    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }
}

/// Control and invisible characters out, runs of white space to one space.
fn one_line(value: &str) -> String {
    let visible: String =
        value.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(values: &[(&str, &str)]) -> Values {
        values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn places_are_filled_and_fall_back() {
        let template =
            Template::parse("Dear {{ first_name | colleague }} of {{employer}}!", &["first_name", "employer"])
                .expect("a template");
        assert_eq!(
            template.fill(&values(&[("first_name", "Dana"), ("employer", "A{{first_name}}")])).text(),
            "Dear Dana of A{{first_name}}!"
        );
        assert_eq!(template.fill(&values(&[("employer", " ")])).text(), "Dear colleague of !");
        assert_eq!(template.empty_places(&values(&[])), ["employer"]);
    }

    #[test]
    fn unknown_and_unclosed_places_are_named() {
        let unknown = Template::parse("{{name}} {{first_name}} {{ email_5 }} {{name}}", &["first_name"]);
        assert_eq!(unknown, Err(TemplateProblem::UnknownPlaces { places: vec!["name".into(), "email_5".into()] }));
        let words = unknown.expect_err("unknown places").to_string();
        assert!(words.contains("{{name}}, {{email_5}}"));
        let unclosed = Template::parse("Dear {{first_name}", &["first_name"]);
        assert_eq!(unclosed, Err(TemplateProblem::Unclosed { text: "{{first_name}".into() }));
        assert!(Template::parse("{{}}", &["first_name"]).is_err());
    }

    #[test]
    fn a_value_stays_on_its_line() {
        let template = Template::parse("Dear {{first_name}},", &["first_name"]).expect("a template");
        assert_eq!(template.fill(&values(&[("first_name", "Da\r\n\r\nna\u{202e}\0x")])).text(), "Dear Da na x,");
    }
}
