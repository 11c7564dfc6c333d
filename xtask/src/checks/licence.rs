//! Licences that may be part of an AGPL program.

use spdx::{Expression, LicenseReq, ParseMode};

/// Compatible with AGPL-3.0, and known well enough to need no second look.
const ALLOWED: [&str; 22] = [
    "0BSD",
    "AGPL-3.0-only",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Whether a package with this licence expression may be used.
pub fn is_allowed(expression: &str) -> bool {
    // Some old packages write `MIT/Apache-2.0`.
    Expression::parse_mode(expression, ParseMode::LAX).is_ok_and(|expression| expression.evaluate(requirement))
}

fn requirement(requirement: &LicenseReq) -> bool {
    // An exception only ever permits more, so the licence decides.
    requirement.license.id().is_some_and(|id| ALLOWED.contains(&id.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        assert!(is_allowed("MIT"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
        assert!(is_allowed("(MIT OR GPL-2.0-only) AND Unicode-3.0"));
        assert!(!is_allowed("GPL-2.0-only"), "GPL 2 alone can't be joined with AGPL 3");
        assert!(!is_allowed("MIT AND SSPL-1.0"));
        assert!(!is_allowed("LicenseRef-Proprietary"));
        assert!(!is_allowed(""));
    }
}
