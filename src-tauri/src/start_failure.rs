//! The words where the app can't start: there is no window to show them in.

/// Says why the app can't start: on standard error and in the log, and in a box where a start from an icon has no
/// console that anybody sees.
pub fn tell(words: &str) {
    eprintln!("liaison: {words}");
    tracing::error!("{words}");
    show(&sentence(words));
}

/// Why there is no window. On Windows the usual reason is that the web view is missing, and there is something to do.
pub fn without_window(error: &dyn std::error::Error, has_webview: bool) -> String {
    if cfg!(windows) && !has_webview {
        return "the Microsoft Edge WebView2 Runtime is missing. Get it from \
                https://developer.microsoft.com/microsoft-edge/webview2, then open Liaison again."
            .to_owned();
    }
    format!("the window could not be opened: {error}")
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
    use super::{sentence, without_window};

    #[test]
    fn a_missing_web_view_has_words_of_its_own_on_windows() {
        let error = std::io::Error::other("no display");
        assert_eq!(without_window(&error, true), "the window could not be opened: no display");
        assert_eq!(without_window(&error, false).contains("WebView2"), cfg!(windows));
    }

    #[test]
    fn words_become_a_sentence() {
        assert_eq!(
            sentence("the window could not be opened: no display"),
            "Liaison can’t start. The window could not be opened: no display."
        );
        assert_eq!(sentence("WebView2 is missing."), "Liaison can’t start. WebView2 is missing.");
    }
}
