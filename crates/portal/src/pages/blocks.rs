//! People whom a form names, one block of fields for each. "Add another person" sends the form, and it comes back with one
//! block more: that works without scripts.

use crate::form::Form;
use crate::named::{MOST, Named};
use crate::page::{Field, Wrong};
use maud::{Markup, html};

/// The value of the button that asks for one block more.
const MORE: &str = "more";

/// Whether the form asks for one block more.
pub(crate) fn asks_for_more(form: &Form) -> bool {
    form.raw("do") == MORE
}

/// How many blocks a form has.
fn blocks(form: &Form) -> usize {
    let there = (0..MOST).take_while(|at| form.has(&format!("p{at}_email"))).count();
    let more = usize::from(asks_for_more(form));
    (there + more).clamp(1, MOST)
}

/// Who is named on a form. A block with nothing in it names nobody; those after it move up, on the form that comes back,
/// too.
pub(crate) fn named(form: &Form) -> Vec<Named> {
    let block = |at: usize| {
        let field = |name: &str| form.text(&format!("p{at}_{name}"));
        Named {
            first_name: field("first_name"),
            last_name: field("last_name"),
            email: field("email"),
            title: field("title"),
        }
    };
    (0..MOST).map(block).filter(|named| !named.is_blank()).collect()
}

/// The blocks, with what was typed.
pub(crate) fn show(form: &Form, person: &str, wrong: &[Wrong]) -> Markup {
    let named = named(form);
    let nobody = Named::default();
    html! {
        @for at in 0..blocks(form).max(named.len()) {
            @let named = named.get(at).unwrap_or(&nobody);
            @let name = |field: &str| format!("p{at}_{field}");
            fieldset {
                legend { (person) " " (at + 1) " (optional)" }
                (Field::text(&name("first_name"), "First name", &named.first_name, "off").show(wrong))
                (Field::text(&name("last_name"), "Last name", &named.last_name, "off").show(wrong))
                (Field { kind: "email", ..Field::text(&name("email"), "Email", &named.email, "off") }.show(wrong))
                (Field::text(&name("title"), "Job title", &named.title, "off").optional().show(wrong))
            }
        }
    }
}

/// The button that asks for one block more; none where a form has as many as it may.
pub(crate) fn more(form: &Form) -> Markup {
    html! {
        @if blocks(form) < MOST {
            button class="quiet" type="submit" name="do" value=(MORE) { "Add another person" }
        }
    }
}

/// How a field of a block is called in the middle of a sentence.
pub(crate) fn called(field: &str) -> &'static str {
    match field.split_once('_').map_or(field, |(_, name)| name) {
        "first_name" => "colleague’s first name",
        "last_name" => "colleague’s last name",
        "email" => "colleague’s email address",
        _ => "colleague’s job title",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_come_and_blank_ones_name_nobody() {
        let form = |text: &str| Form::parse(text.as_bytes()).expect("a form");
        assert_eq!((blocks(&form("")), named(&form("")).len()), (1, 0));
        let two = form("p0_email=&p0_first_name=+&p1_email=bo%40acme.example&p1_first_name=Bo");
        assert_eq!((blocks(&two), named(&two).len()), (2, 1));
        assert_eq!(blocks(&form("p0_email=&do=more")), 2);
        let all: String = (0..30).map(|at| format!("p{at}_email=a&")).collect();
        assert_eq!((blocks(&form(&format!("{all}do=more"))), named(&form(&all)).len()), (MOST, MOST));
    }
}
