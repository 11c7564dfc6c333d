//! The HTML part: the plain text again, in the institution's look. Tables and styles on each element, because that is
//! what mail programs understand.

use crate::letter::Button;
use crate::look::Look;
use crate::template::{Run, Text};
use std::fmt::Write as _;

const FONT: &str = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// A line that ends in a link.
pub(crate) struct Words {
    pub(crate) before: String,
    pub(crate) label: String,
    pub(crate) url: String,
}

/// What the page is made from.
pub(crate) struct Page<'a> {
    pub(crate) look: &'a Look,
    pub(crate) subject: &'a str,
    pub(crate) text: &'a Text,
    pub(crate) button: Option<&'a Button>,
    /// The line on how to stop such messages.
    pub(crate) unsubscribe: Option<&'a Words>,
    /// Where the logo is: `cid:…` in a message, `data:…` in a preview.
    pub(crate) logo: Option<String>,
}

/// The whole page.
pub(crate) fn page(page: &Page<'_>) -> String {
    let (color, on_color) = (page.look.color(), page.look.color_of_words());
    let link = page.look.color_of_links();
    let name = escape(page.look.name.trim());
    let head = match &page.logo {
        Some(logo) => format!(
            "<img src=\"{}\" alt=\"{name}\" height=\"48\" style=\"display:block;height:48px;width:auto;border:0\">",
            escape(logo)
        ),
        None => format!("<div style=\"{FONT};font-size:20px;font-weight:600;color:{link}\">{name}</div>"),
    };
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n\
         <body style=\"margin:0;padding:0;background:#f3f4f6\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#f3f4f6\">\n\
         <tr><td align=\"center\" style=\"padding:24px 12px\">\n\
         <table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" \
         style=\"max-width:600px;background:#ffffff;border-top:6px solid {color}\">\n\
         <tr><td style=\"padding:24px 32px 8px\">{head}</td></tr>\n\
         <tr><td style=\"padding:8px 32px 24px;{FONT};font-size:16px;line-height:1.5;color:#111827\">\n",
        escape(page.subject)
    );
    for paragraph in paragraphs(page.text) {
        // Writing to a string cannot fail.
        let _ = writeln!(html, "<p style=\"margin:0 0 16px\">{}</p>", inline(&paragraph, &link));
    }
    if let Some(button) = page.button {
        let (label, url) = (escape(&button.label), escape(&button.url));
        let _ = writeln!(
            html,
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" style=\"margin:8px 0 16px\"><tr>\
             <td style=\"border-radius:6px;background:{color}\"><a href=\"{url}\" style=\"display:inline-block;\
             padding:12px 24px;{FONT};font-size:16px;font-weight:600;color:{on_color};text-decoration:none\">{label}\
             </a></td></tr></table>\n<p style=\"margin:0 0 16px;font-size:13px;color:#4b5563\">{}<br>\
             <a href=\"{url}\" style=\"color:{link};word-break:break-all\">{url}</a></p>",
            escape(BUTTON_FALLBACK)
        );
    }
    html.push_str("</td></tr>\n");
    let _ = write!(
        html,
        "<tr><td style=\"padding:16px 32px 24px;border-top:1px solid #e5e7eb;{FONT};font-size:13px;line-height:1.5;\
         color:#4b5563\">"
    );
    let lines: Vec<String> = page.look.contact_lines().iter().map(|line| escape(line)).collect();
    html.push_str(&lines.join("<br>"));
    if let Some(unsubscribe) = page.unsubscribe {
        let _ = write!(
            html,
            "<br><br>{} <a href=\"{}\" style=\"color:#4b5563\">{}</a>",
            escape(&unsubscribe.before),
            escape(&unsubscribe.url),
            escape(&unsubscribe.label)
        );
    }
    html.push_str("</td></tr>\n</table>\n</td></tr>\n</table>\n</body>\n</html>\n");
    html
}

/// Said below a button, for programs that don't show it.
pub(crate) const BUTTON_FALLBACK: &str = "If the button doesn’t work, copy this link into your browser:";

/// The lines of each paragraph; blank lines part them.
fn paragraphs(text: &Text) -> Vec<Vec<Vec<Run>>> {
    let mut lines: Vec<Vec<Run>> = vec![Vec::new()];
    for run in &text.0 {
        for (at, line) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            let line = Run { text: line.trim_end_matches('\r').to_owned(), of_field: run.of_field };
            if let Some(last) = lines.last_mut() {
                last.push(line);
            }
        }
    }
    let blank = |line: &Vec<Run>| line.iter().all(|run| run.text.trim().is_empty());
    lines.split(blank).filter(|paragraph| !paragraph.is_empty()).map(<[_]>::to_vec).collect()
}

fn inline(lines: &[Vec<Run>], link: &str) -> String {
    let line = |runs: &Vec<Run>| {
        let each = runs.iter().map(|run| if run.of_field { escape(&run.text) } else { linked(&run.text, link) });
        each.collect::<String>()
    };
    lines.iter().map(line).collect::<Vec<_>>().join("<br>\n")
}

/// Escapes a text and makes web addresses in it links. Only what the writer wrote is linked: a contact whose name is an
/// address must not put a link into the institution's letters.
fn linked(text: &str, color: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let end =
            rest[at..].find(|c: char| c.is_whitespace() || "<>\"'".contains(c)).map_or(rest.len(), |end| at + end);
        let url = rest[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        let escaped = escape(url);
        html.push_str(&escape(&rest[..at]));
        let _ = write!(html, "<a href=\"{escaped}\" style=\"color:{color}\">{escaped}</a>");
        rest = &rest[at + url.len()..];
    }
    html.push_str(&escape(rest));
    html
}

/// Text as HTML text or in the quotes of an attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_writer_wrote_is_linked_and_what_fields_say_is_not() {
        assert_eq!(
            linked("See https://a.example/x?y=1&z=2. <b>", "#000"),
            "See <a href=\"https://a.example/x?y=1&amp;z=2\" style=\"color:#000\">https://a.example/x?y=1&amp;z=2</a>. &lt;b&gt;"
        );
        let of_field = Run { text: "https://evil.example".into(), of_field: true };
        assert_eq!(inline(&[vec![of_field]], "#000"), "https://evil.example");
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        let found = paragraphs(&Text::plain("one\r\ntwo\n\n \n\nthree\n"));
        assert_eq!(found.len(), 2);
        assert_eq!(inline(&found[0], "#000"), "one<br>\ntwo");
    }
}
