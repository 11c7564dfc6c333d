//! Single settings of a policy, as files and registries write them.

use serde_json::Value;
use std::path::PathBuf;

/// Longest time before Liaison locks that can be prescribed, in minutes.
pub const LOCK_MOST: u32 = 480;

/// Gives a variable of the environment.
pub type Variable<'v> = &'v dyn Fn(&str) -> Option<String>;

/// A whole path, in which `${NAME}` and `%NAME%` stand for variables of the environment.
pub fn folder(given: &Value, variable: Variable<'_>) -> Result<PathBuf, String> {
    let text = text(given)?;
    let path = PathBuf::from(filled(text, variable)?);
    if path.is_absolute() { Ok(path) } else { Err(format!("“{text}” isn’t a whole path")) }
}

fn filled(text: &str, variable: Variable<'_>) -> Result<String, String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['$', '%']) {
        filled.push_str(&rest[..at]);
        let (opening, closing) = if rest[at..].starts_with('%') { ("%", '%') } else { ("${", '}') };
        let Some((name, after)) = rest[at..].strip_prefix(opening).and_then(|inner| inner.split_once(closing)) else {
            // A dollar or percent sign that is only that.
            filled.push_str(&rest[at..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        let value = variable(name).filter(|value| !value.is_empty());
        filled.push_str(&value.ok_or_else(|| format!("there is no variable {name} in the environment"))?);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// An address of the web that keeps to itself what is sent.
pub fn address(given: &Value) -> Result<String, String> {
    let text = text(given)?;
    let host = text.strip_prefix("https://").unwrap_or_default();
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Err(format!("“{text}” doesn’t begin with https:// and a name"));
    }
    Ok(text.to_owned())
}

/// Minutes before locking. Registries have numbers as text, too.
pub fn minutes(given: &Value) -> Result<u32, String> {
    let number = given.as_u64().or_else(|| given.as_str().and_then(|text| text.trim().parse().ok()));
    let fits = number.and_then(|number| u32::try_from(number).ok()).filter(|minutes| (1..=LOCK_MOST).contains(minutes));
    fits.ok_or_else(|| format!("{given} isn’t a number from 1 to {LOCK_MOST}"))
}

/// "off" or "on".
pub fn is_off(given: &Value) -> Result<bool, String> {
    match given.as_str() {
        Some("off") => Ok(true),
        Some("on") => Ok(false),
        _ => Err(format!("{given} is neither \"on\" nor \"off\"")),
    }
}

fn text(given: &Value) -> Result<&str, String> {
    given.as_str().map(str::trim).filter(|text| !text.is_empty()).ok_or_else(|| format!("{given} isn’t a text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn variables_are_filled_in() {
        let variable = |name: &str| match name {
            "USERNAME" => Some("ada".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        let filled = |text: &str| filled(text, &variable);
        assert_eq!(filled("D:\\Liaison\\%USERNAME%"), Ok("D:\\Liaison\\ada".into()));
        assert_eq!(filled("/home/${USERNAME}/x/${USERNAME}"), Ok("/home/ada/x/ada".into()));
        assert_eq!(filled("/100%/$5/${"), Ok("/100%/$5/${".into()));
        assert!(filled("/${NOBODY}").is_err_and(|problem| problem.contains("NOBODY")));
        assert!(filled("/${EMPTY}/x").is_err(), "never the folder of everybody");
    }

    #[test]
    fn values_are_checked() {
        let none: Variable<'_> = &|_| None;
        assert!(folder(&json!("relative/folder"), none).is_err());
        assert!(folder(&json!(7), none).is_err());
        assert!(folder(&json!("  "), none).is_err());
        assert!(address(&json!("http://hub.example")).is_err() && address(&json!("https://")).is_err());
        assert_eq!(address(&json!(" https://hub.example:8443 ")), Ok("https://hub.example:8443".into()));
        for wrong in [json!(0), json!(LOCK_MOST + 1), json!(-1), json!("soon"), json!(1.5), json!(null)] {
            assert!(minutes(&wrong).is_err(), "{wrong}");
        }
        assert_eq!((minutes(&json!(1)), minutes(&json!("480"))), (Ok(1), Ok(480)));
        assert!(is_off(&json!(true)).is_err() && is_off(&json!("Off")).is_err());
    }
}
