//! The words where the app can't start: there is no window to show them in.

/// Says why the app can't start: on standard error and in the log, and in a box where a start from an icon has no
/// console that anybody sees.
pub fn tell(words: &str) {
    eprintln!("liaison: {words}");
    tracing::error!("{words}");
    show(&sentence(words));
}

/// The words as a sentence for a person.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if words.ends_with('.') { "" } else { "." };
    format!("Liaison can’t start. {first}{}{end}", letters.as_str())
}

#[cfg(any(windows, target_os = "macos"))]
fn show(sentence: &str) {
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("Liaison").set_description(sentence).show();
}

/// Desktops keep what a program writes to standard error in the session’s journal; where the window couldn’t be opened,
/// a box can’t either.
#[cfg(not(any(windows, target_os = "macos")))]
fn show(_: &str) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_sentence() {
        assert_eq!(
            sentence("the window could not be opened: no display"),
            "Liaison can’t start. The window could not be opened: no display."
        );
        assert_eq!(sentence("WebView2 is missing."), "Liaison can’t start. WebView2 is missing.");
    }
}
