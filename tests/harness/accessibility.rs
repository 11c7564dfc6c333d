//! Finding parts of the page as assistive technology does, and checking that it can.
//!
//! Both stand on axe-core, which computes roles and names by the standard. It is put into the page by the driver;
//! the app itself doesn't contain it.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// The library's source, from the UI's development packages.
pub(super) fn axe() -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("ui").join("node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&file).with_context(|| format!("no {}; run npm install in ui", file.display()))
}

/// Arguments: a role and a name. Answers with the element, or with the names of what has the role.
/// A name fits whole, ignoring upper and lower case.
pub(super) const FIND: &str = r#"
const [role, name] = arguments;
const plain = text => (text ?? '').replace(/\s+/g, ' ').trim();
const wanted = plain(name).toLowerCase();
axe.teardown();
axe.setup(document.body);
try {
  const { aria, text, dom } = axe.commons;
  const named = [];
  for (const element of document.body.querySelectorAll('*')) {
    if (aria.getRole(element) !== role || !dom.isVisibleToScreenReaders(element)) continue;
    const label = plain(text.accessibleText(element));
    if (label.toLowerCase() === wanted) return { element };
    named.push(label);
  }
  return { named };
} finally { axe.teardown(); }
"#;

/// Answers with the violations of WCAG 2.2 A and AA on the whole page.
pub(super) const CHECK: &str = r#"
const done = arguments[arguments.length - 1];
axe.teardown();
axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
  .then(result => done({ violations: result.violations }), error => done({ error: String(error) }));
"#;

/// As [`CHECK`], with what makes a page of a website good: one heading, landmarks, an order of headings.
pub(super) const CHECK_PAGE: &str = r#"
const done = arguments[arguments.length - 1];
axe.teardown();
axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}).then(result => done({ violations: result.violations }), error => done({ error: String(error) }));
"#;

/// The violations as a person reads them; blank where there are none.
pub(super) fn report(violations: &[Value]) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let mut lines = Vec::new();
    for violation in violations {
        lines.push(format!(
            "{} ({}): {}",
            text(&violation["id"]),
            text(&violation["impact"]),
            text(&violation["help"])
        ));
        for node in violation["nodes"].as_array().into_iter().flatten() {
            let markup: String = text(&node["html"]).chars().take(200).collect();
            lines.push(format!("    {markup}"));
            let summary = text(&node["failureSummary"]).replace('\n', "\n      ");
            lines.push(format!("      {summary}"));
        }
    }
    lines.join("\n")
}
