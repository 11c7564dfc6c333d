//! Onboarding questions: which can be asked, and what answers them (M36).

use crate::record::Record;
use crate::refusal::Problem;
use crate::value::Value;

pub use liaison_records::onboarding_question::*;

fn choices(question: &Record) -> &[String] {
    match question.get(&CHOICES) {
        Value::List(choices) => choices,
        _ => &[],
    }
}

/// What is wrong with a question: choices without at least two, or two for an answer that is none of them.
pub(crate) fn wrong(question: &Record) -> Option<(&'static str, Problem)> {
    let chosen_from = matches!(question.text(&TYPE), ONE | SEVERAL);
    match (chosen_from, choices(question).len()) {
        (true, 0 | 1) => Some((CHOICES.key, Problem::Required)),
        (false, 1..) => Some((CHOICES.key, Problem::NotEditable)),
        _ => None,
    }
}

/// Whether this answers the question; why not, where it does not.
pub fn accepts(question: &Record, answer: &[String]) -> Result<(), Problem> {
    if answer.is_empty() || answer.iter().any(|part| part.trim().is_empty()) {
        return Err(Problem::Required);
    }
    let kind = question.text(&TYPE);
    if kind != SEVERAL && answer.len() > 1 {
        return Err(Problem::TooMany { most: 1 });
    }
    let open: Vec<String> = match kind {
        YES_NO => YES_OR_NO.map(str::to_owned).to_vec(),
        ONE | SEVERAL => choices(question).to_vec(),
        _ => {
            let too_long = answer.iter().any(|part| part.chars().count() > ANSWER_MOST as usize);
            return if too_long { Err(Problem::TooLong { max: ANSWER_MOST }) } else { Ok(()) };
        }
    };
    if answer.iter().any(|part| !open.contains(part)) {
        return Err(Problem::NotAChoice { choices: open });
    }
    let twice = (1..answer.len()).any(|at| answer[..at].contains(&answer[at]));
    if twice { Err(Problem::TooMany { most: open.len() as u32 }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id;
    use crate::kind::RecordKind;

    fn question(kind: &str, choices: &[&str]) -> Record {
        let mut record = Record::blank(RecordKind::OnboardingQuestion, Id::from_parts(1, [1; 10]));
        record.set(&TEXT, "What are you looking for?");
        record.set(&TYPE, kind);
        if !choices.is_empty() {
            record.set(&CHOICES, Value::List(choices.iter().map(|choice| (*choice).to_owned()).collect()));
        }
        record
    }

    fn answer(question: &Record, parts: &[&str]) -> Result<(), Problem> {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        accepts(question, &parts)
    }

    #[test]
    fn choices_belong_to_questions_that_are_answered_with_them() {
        for kind in TYPES {
            let takes_choices = [ONE, SEVERAL].contains(kind);
            assert_eq!(wrong(&question(kind, &[])).is_none(), !takes_choices, "{kind}");
            assert_eq!(wrong(&question(kind, &["A", "B"])).is_none(), takes_choices, "{kind}");
            assert!(wrong(&question(kind, &["A"])).is_some(), "{kind}");
        }
    }

    #[test]
    fn an_answer_is_one_its_question_offers() {
        assert_eq!(answer(&question(IN_WORDS, &[]), &["An internship"]), Ok(()));
        assert_eq!(answer(&question(IN_WORDS, &[]), &["A", "B"]), Err(Problem::TooMany { most: 1 }));
        let long = "x".repeat(ANSWER_MOST as usize + 1);
        assert_eq!(answer(&question(IN_WORDS, &[]), &[&long]), Err(Problem::TooLong { max: ANSWER_MOST }));
        assert_eq!(answer(&question(YES_NO, &[]), &["yes"]), Ok(()));
        assert!(matches!(answer(&question(YES_NO, &[]), &["maybe"]), Err(Problem::NotAChoice { .. })));
        let one = question(ONE, &["Job", "Internship"]);
        assert_eq!(answer(&one, &["Job"]), Ok(()));
        assert_eq!(answer(&one, &["Job", "Internship"]), Err(Problem::TooMany { most: 1 }));
        let several = question(SEVERAL, &["Job", "Internship"]);
        assert_eq!(answer(&several, &["Job", "Internship"]), Ok(()));
        assert!(answer(&several, &["Job", "Job"]).is_err() && answer(&several, &["Pay"]).is_err());
        for kind in TYPES {
            assert_eq!(answer(&question(kind, &["A", "B"]), &[]), Err(Problem::Required), "{kind}");
        }
    }
}
