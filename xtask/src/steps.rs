//! A run of several steps with a table of what took how long.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The steps so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<(String, Duration, Outcome)>,
}

#[derive(Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    Noted(String),
    Repeated,
    Skipped,
    NotMade(String),
    Failed,
}

/// How a step ended when it didn't fail.
pub enum Done {
    /// Everything was checked.
    Passed,
    /// Everything was checked, and something is good to know; the words say what.
    Noted(String),
    /// These tests failed once, by their names, and passed when they ran again.
    Repeated(Vec<String>),
    /// It could not be done here; the words say why.
    Skipped(String),
    /// It needs what isn't here, and until it was made nobody knows the answer; the words say why.
    NotMade(String),
}

impl Steps {
    /// Does one step. At the first failure the rest isn't tried: the table is printed and the error returned.
    ///
    /// # Errors
    /// What the step answered, and how to repeat it.
    pub fn step(&mut self, name: &str, repeat: &str, act: impl FnOnce() -> Result<Done>) -> Result<()> {
        println!("\n\x1b[1m{name}\x1b[0m");
        let start = Instant::now();
        let result = act();
        let outcome = match &result {
            Ok(Done::Passed) => Outcome::Passed,
            Ok(Done::Noted(what)) => Outcome::Noted(what.clone()),
            Ok(Done::Repeated(tests)) => {
                println!("failed once and passed when run again: {}", tests.join(", "));
                Outcome::Repeated
            }
            Ok(Done::Skipped(why)) => {
                println!("skipped: {why}");
                Outcome::Skipped
            }
            Ok(Done::NotMade(why)) => {
                println!("not made: {why}");
                Outcome::NotMade(why.clone())
            }
            Err(_) => Outcome::Failed,
        };
        let has_failed = outcome == Outcome::Failed;
        self.done.push((name.to_owned(), start.elapsed(), outcome));
        if has_failed {
            self.print();
        }
        result.map(|_| ()).with_context(|| format!("{name} failed. To repeat it: {repeat}"))
    }

    /// The table.
    pub fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let width = self.done.iter().map(|(name, ..)| name.chars().count()).max().unwrap_or(0).max("total".len());
        let line = |name: &str, took: Duration, word: &str| {
            format!("  {name}{:1$}  {2:>7.1} s  {word}", "", width - name.chars().count(), took.as_secs_f64())
        };
        let total: Duration = self.done.iter().map(|(_, took, _)| took).sum();
        let mut lines: Vec<String> = self
            .done
            .iter()
            .map(|(name, took, outcome)| {
                let word = match outcome {
                    Outcome::Passed => "ok".to_owned(),
                    Outcome::Noted(what) => format!("ok; {what}"),
                    Outcome::Repeated => "ok, some at the second try".to_owned(),
                    Outcome::Skipped => "skipped".to_owned(),
                    Outcome::NotMade(why) => format!("NOT MADE: {why}"),
                    Outcome::Failed => "FAILED".to_owned(),
                };
                line(name, *took, &word)
            })
            .collect();
        lines.push(line("total", total, ""));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_to_repeat() {
        let mut steps = Steps::default();
        steps.step("first", "do first", || Ok(Done::Passed)).expect("it passes");
        let error = steps.step("second", "do second", || anyhow::bail!("no")).expect_err("it fails");
        assert_eq!(format!("{error:#}"), "second failed. To repeat it: do second: no");
        let table = steps.table();
        assert!(table.contains("first") && table.contains("ok") && table.contains("FAILED"), "{table}");
    }

    #[test]
    fn what_was_not_made_is_not_ok() {
        let mut steps = Steps::default();
        steps.step("asked", "ask", || Ok(Done::NotMade("no network".to_owned()))).expect("it goes on");
        steps.step("looked", "look", || Ok(Done::Noted("2 notices".to_owned()))).expect("it passes");
        let table = steps.table();
        let line = |name: &str| table.lines().find(|line| line.contains(name)).expect("a line").to_owned();
        assert!(line("asked").ends_with("NOT MADE: no network") && !line("asked").contains("ok"), "{table}");
        assert!(line("looked").ends_with("ok; 2 notices"), "{table}");
    }
}
