//! What pages are made of: the menu, the parts of forms, and what is said where something is wrong.

use crate::answer::framed;
pub(crate) use crate::answer::{failed, no_access, see_other, with_cookie};
use crate::visit::{Visit, Who};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use liaison_domain::refusal::{FieldProblem, GuessedBy, Problem};
use liaison_domain::role::{PortalArea, PortalPermission, Reach, sees};
use liaison_domain::{employer_user, student};
use maud::{Markup, html};

/// A problem with a field, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The name of the field.
    pub field: String,
    /// What to do.
    pub words: String,
}

impl Wrong {
    /// A problem with a field.
    pub fn new(field: &str, words: &str) -> Wrong {
        Wrong { field: field.to_owned(), words: words.to_owned() }
    }

    /// What the domain found, in words; `label` names a field as the form does.
    pub fn all(problems: &[FieldProblem], label: impl Fn(&str) -> &'static str) -> Vec<Wrong> {
        let words =
            |problem: &FieldProblem| Wrong::new(&problem.field, &words(&problem.problem, label(&problem.field)));
        problems.iter().map(words).collect()
    }

    /// In the order of the form: whoever goes through the problems goes down the page once.
    pub fn in_order(mut wrong: Vec<Wrong>, form: &[&str]) -> Vec<Wrong> {
        wrong.sort_by_key(|wrong| form.iter().position(|field| *field == wrong.field));
        wrong
    }
}

fn words(problem: &Problem, label: &str) -> String {
    match problem {
        Problem::Required => format!("Enter your {label}."),
        Problem::TooLong { max } => format!("Use at most {max} characters for your {label}."),
        Problem::TooShort { least } => format!("Use at least {least} characters for your {label}."),
        Problem::NotAnEmail => "Enter an email address like name@example.com.".into(),
        Problem::NotAUrl => "Enter a web address like www.example.com.".into(),
        Problem::NotAPhone => "Enter a phone number like +1 555 0100.".into(),
        Problem::NotOneName => format!("Enter your {label} only, without web or email addresses."),
        Problem::EasilyGuessed { by } => match by {
            GuessedBy::Name => "Choose a password without your name, your employer, or the institution.".into(),
            GuessedBy::Common => "Choose a password that is harder to guess. Words like these are tried first.".into(),
            GuessedBy::Pattern => {
                "Choose a password that is harder to guess. Repetitions and rows of keys are tried first.".into()
            }
        },
        _ => format!("Check your {label}."),
    }
}

/// A field of a form.
pub struct Field<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its label.
    pub label: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// The type of the input.
    pub kind: &'a str,
    /// What browsers fill in.
    pub autocomplete: &'a str,
    /// What helps, below the label.
    pub hint: &'a str,
    /// Whether it may stay empty.
    pub optional: bool,
}

impl<'a> Field<'a> {
    /// A field for a text.
    pub fn text(name: &'a str, label: &'a str, value: &'a str, autocomplete: &'a str) -> Field<'a> {
        Field { name, label, value, kind: "text", autocomplete, hint: "", optional: false }
    }

    /// A field for an address.
    pub fn email(label: &'a str, value: &'a str) -> Field<'a> {
        Field { kind: "email", ..Field::text("email", label, value, "username") }
    }

    /// A field for a password; what was typed is never sent back.
    pub fn password(name: &'a str, label: &'a str, autocomplete: &'a str) -> Field<'a> {
        Field { kind: "password", ..Field::text(name, label, "", autocomplete) }
    }

    /// With a hint.
    pub fn hint(self, hint: &'a str) -> Field<'a> {
        Field { hint, ..self }
    }

    /// It may stay empty.
    pub fn optional(self) -> Field<'a> {
        Field { optional: true, ..self }
    }

    /// The field, with what is wrong about it.
    pub fn show(&self, wrong: &[Wrong]) -> Markup {
        self.framed(wrong, |required, invalid, described| {
            html! {
                input id=(self.name) name=(self.name) type=(self.kind) value=(self.value) autocomplete=(self.autocomplete)
                    maxlength="500" spellcheck="false" aria-required=[required] aria-invalid=[invalid]
                    aria-describedby=[described];
            }
        })
    }

    /// The field as several lines.
    pub fn show_long(&self, wrong: &[Wrong]) -> Markup {
        self.framed(wrong, |required, invalid, described| {
            html! {
                textarea id=(self.name) name=(self.name) rows="8" maxlength="20000" aria-required=[required]
                    aria-invalid=[invalid] aria-describedby=[described] { (self.value) }
            }
        })
    }

    /// The field as one of these choices, each with its words.
    pub fn show_choice(&self, wrong: &[Wrong], choices: &[(&str, &str)]) -> Markup {
        self.framed(wrong, |required, invalid, described| {
            html! {
                select id=(self.name) name=(self.name) aria-required=[required] aria-invalid=[invalid]
                    aria-describedby=[described] {
                    @for (value, words) in choices {
                        option value=(value) selected[*value == self.value] { (words) }
                    }
                }
            }
        })
    }

    fn framed(
        &self,
        wrong: &[Wrong],
        input: impl Fn(Option<&'static str>, Option<&'static str>, Option<String>) -> Markup,
    ) -> Markup {
        let found = wrong.iter().find(|wrong| wrong.field == self.name);
        let (hint, error) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let mut described = Vec::new();
        if !self.hint.is_empty() {
            described.push(hint.as_str());
        }
        if found.is_some() {
            described.push(error.as_str());
        }
        let described = (!described.is_empty()).then(|| described.join(" "));
        html! {
            div class="field" {
                label for=(self.name) { (self.label) @if self.optional { " (optional)" } }
                @if !self.hint.is_empty() { p class="hint" id=(hint) { (self.hint) } }
                @if let Some(wrong) = found { p class="error" id=(error) { (wrong.words) } }
                (input((!self.optional).then_some("true"), found.map(|_| "true"), described))
            }
        }
    }
}

/// A hidden field.
pub fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// What is wrong, in front of the form, each with a link to its field.
pub fn summary(wrong: &[Wrong]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div class="summary" role="alert" tabindex="-1" autofocus {
                h2 { "Check the form" }
                ul { @for wrong in wrong { li { a href={ "#" (wrong.field) } { (wrong.words) } } } }
            }
        }
    }
}

/// A page with a form answers 422 where something is wrong.
pub fn status_of(wrong: &[Wrong]) -> StatusCode {
    if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A page: its heading, its content, in the frame that all pages of the institution have.
pub fn show(visit: &Visit, status: StatusCode, heading: &str, content: &Markup) -> Response {
    let title =
        if status == StatusCode::UNPROCESSABLE_ENTITY { format!("Error: {heading}") } else { heading.to_owned() };
    let menu = match &visit.who {
        Who::Employer(user) => {
            let name = user.record.text(&employer_user::FIRST_NAME);
            menu(visit, name, &employers_menu(&user.permissions))
        }
        Who::Student(person) => {
            let preferred = person.record.text(&student::PREFERRED_NAME);
            let name = if preferred.is_empty() { person.record.text(&student::FIRST_NAME) } else { preferred };
            menu(visit, name, STUDENTS_MENU)
        }
        Who::Nobody | Who::NoAccess => html! {},
    };
    framed(&visit.site, status, &title, heading, &menu, content)
}

/// What an employer user finds: what the role shows, as far as there is a page for it.
pub(crate) fn employers_menu(permissions: &[PortalPermission]) -> Vec<(&'static str, &'static str)> {
    let areas = sees(permissions).into_iter().filter(|sight| sight.reach != Reach::Hidden);
    let mut entries = vec![("/hire/home", "Home")];
    for (to, label) in areas.filter_map(|sight| area_page(sight.area)) {
        if !entries.iter().any(|(have, _)| *have == to) {
            entries.push((to, label));
        }
    }
    // The own account comes last.
    entries.sort_by_key(|(to, _)| *to == "/account");
    entries
}

/// The page of a part of the portal, with its name in the menu.
fn area_page(area: PortalArea) -> Option<(&'static str, &'static str)> {
    match area {
        PortalArea::Account => Some(("/account", "My account")),
        PortalArea::Employer => Some(("/hire/employer", "Your employer")),
        PortalArea::People => Some(("/hire/people", "People")),
        PortalArea::Jobs => Some(("/hire/jobs", "Job listings")),
        PortalArea::Interviews => Some(("/hire/interviews", "Interviews")),
        PortalArea::Events | PortalArea::Fairs => Some(("/hire/events", "Events and job fairs")),
        _ => None,
    }
}

/// What students and alumni find.
const STUDENTS_MENU: &[(&str, &str)] = &[
    ("/people", "People"),
    ("/jobs", "Jobs"),
    ("/events", "Events"),
    ("/experiences", "Experiences"),
    ("/tasks", "Tasks"),
    ("/questions", "Questions"),
    ("/account/password", "Password"),
];

fn menu(visit: &Visit, name: &str, entries: &[(&str, &str)]) -> Markup {
    html! {
        nav aria-label="Main" {
            ul { @for (to, label) in entries {
                li { a href=(to) aria-current=[(visit.path == *to).then_some("page")] { (label) } }
            } }
            form method="post" action="/log-out" {
                span class="me" { (name) }
                button class="quiet" type="submit" { "Log out" }
            }
        }
    }
}

/// There is no such page, or it is not for whoever asks.
pub fn not_found(visit: &Visit) -> Response {
    show(visit, StatusCode::NOT_FOUND, "Page not found", &html! { p { a href="/" { "Go to the start page" } } })
}

/// Tried too often.
pub fn too_often(visit: &Visit, minutes: u64) -> Response {
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    let content = html! {
        p { "Try again in " (minutes) " " (unit) "." }
        // Whoever reads the mailbox gets in, whatever strangers do at this form.
        p { "Forgot your password? " a href="/forgot" { "Choose a new one by email" } "." }
    };
    let mut response = show(visit, StatusCode::TOO_MANY_REQUESTS, "Too many attempts", &content);
    if let Ok(value) = HeaderValue::from_str(&(minutes * 60).to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// Named too many people within a day.
pub fn named_too_many(visit: &Visit, minutes: u64) -> Response {
    too_many(visit, minutes, ("Too many people", "You have named as many people as is possible in one day."))
}

/// Posted too much within a day.
pub fn posted_too_many(visit: &Visit, minutes: u64) -> Response {
    too_many(visit, minutes, ("Too many postings", "You have posted as much as is possible in one day."))
}

/// Invited too many colleagues within a day.
pub fn invited_too_many(visit: &Visit, minutes: u64) -> Response {
    too_many(visit, minutes, ("Too many invitations", "You have sent as many invitations as is possible in one day."))
}

fn too_many(visit: &Visit, minutes: u64, (heading, words): (&str, &str)) -> Response {
    let hours = minutes.div_ceil(60);
    let unit = if hours == 1 { "hour" } else { "hours" };
    let content = html! { p { (words) " Try again in " (hours) " " (unit) "." } };
    let mut response = show(visit, StatusCode::TOO_MANY_REQUESTS, heading, &content);
    if let Ok(value) = HeaderValue::from_str(&(minutes * 60).to_string()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// Too much to do at the moment.
pub fn busy(visit: &Visit) -> Response {
    let content = html! { p { "Too many people are logging in at the moment. Try again in a minute." } };
    show(visit, StatusCode::SERVICE_UNAVAILABLE, "Try again in a minute", &content)
}
