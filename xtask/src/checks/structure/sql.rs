//! SQL is written in the store only: nobody else has to know tables and columns.

use proc_macro2::{TokenStream, TokenTree};
use syn::Lit;

/// What a statement begins with, in capitals as all of ours are.
const BEGINNINGS: [&str; 8] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "CREATE ", "ALTER ", "PRAGMA "];

/// The statements in a file, each with its beginning.
pub fn statements(text: &str) -> Vec<String> {
    // What isn't Rust is refused where it is read for its names.
    let mut found = Vec::new();
    if let Ok(tokens) = text.parse() {
        search(tokens, &mut found);
    }
    found
}

fn search(tokens: TokenStream, found: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => search(group.stream(), found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    let text = text.value();
                    let statement = text.trim_start();
                    if BEGINNINGS.iter().any(|beginning| statement.starts_with(beginning)) {
                        found.push(statement.split_whitespace().take(6).collect::<Vec<_>>().join(" "));
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_found_wherever_they_stand() {
        let text = format!("fn f() {{ db.run(\"{0} name FROM contact\"); format!(r#\"\n {0} 1\"#); }}", "SELECT");
        assert_eq!(statements(&text), ["SELECT name FROM contact", "SELECT 1"]);
        let other = "/// \"SELECT 1\"\nfn f() { g(\"Select a contact\", \"SELECTED\", b\"SELECT 1\", '\"'); }";
        assert_eq!(statements(other), Vec::<String>::new());
    }
}
