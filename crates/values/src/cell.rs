//! What a cell says, without what a program put around it.

/// The cell without what another program added to it: HTML's names for characters ("&amp;"), and the formula that keeps a
/// spreadsheet from dropping zeros (`="02139"`). `None` where there is nothing to take off. Never longer than the cell.
pub fn plain(cell: &str) -> Option<String> {
    let unwrapped = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).filter(|text| !text.contains('"'));
    match (unwrapped, without_html(unwrapped.unwrap_or(cell))) {
        (_, Some(plain)) => Some(plain),
        (Some(text), None) => Some(text.to_owned()),
        (None, None) => None,
    }
}

/// The text with characters in place of their names in HTML; what is none of those stays.
fn without_html(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('&') {
        let after = &rest[at + 1..];
        let character = after.find(';').filter(|end| *end <= 10).and_then(|end| Some((end, character(&after[..end])?)));
        match character {
            Some((end, character)) => {
                plain.push_str(&rest[..at]);
                plain.push(character);
                rest = &after[end + 1..];
                found = true;
            }
            None => {
                plain.push_str(&rest[..=at]);
                rest = after;
            }
        }
    }
    found.then(|| plain + rest)
}

/// The character of a name such as "amp", "#228" or "#xE4".
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    if let Some(at) = LATIN.iter().position(|known| *known == name) {
        return u32::try_from(at).ok().and_then(|at| char::from_u32(0xa0 + at));
    }
    OTHERS.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}

/// The names of the characters from U+00A0 to U+00FF.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy",
    "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm",
    "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig",
    "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve",
    "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN",
    "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc",
    "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

const OTHERS: [(&str, char); 24] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Zcaron", 'Ž'),
    ("zcaron", 'ž'),
    ("Yuml", 'Ÿ'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("hellip", '…'),
    ("euro", '€'),
    ("trade", '™'),
];

/// A number as spreadsheets show long ones, such as "1.21256E+10": the digits that are not shown are gone.
pub fn is_scientific(text: &str) -> bool {
    let text = text.trim();
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix('+');
    whole.len() == 1 && digits(whole) && digits(fraction) && exponent.is_some_and(|e| e.len() >= 2 && digits(e))
}

/// The length of an escape such as "_x000D_", by which workbooks write characters that XML cannot hold.
pub const ESCAPE_BYTES: usize = 7;

/// The character that an escape at the start of the text stands for.
#[must_use]
pub fn escaped_character(text: &str) -> Option<char> {
    let digits = text.get(..ESCAPE_BYTES)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hexadecimal.then(|| u32::from_str_radix(digits, 16).ok()).flatten().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_of_html_are_read() {
        assert_eq!(plain("Fritz Dr&auml;xlmaier &amp; Dahl").as_deref(), Some("Fritz Dräxlmaier & Dahl"));
        assert_eq!(plain("O&#39;Neil &#x1F600;").as_deref(), Some("O'Neil 😀"));
        assert_eq!(plain("AT&amp;amp;T").as_deref(), Some("AT&amp;T"), "once");
        for text in ["AT&T", "a & b; c", "x?a=1&copy=2", "&unknown;", "", "&", "&#xD800;"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!(LATIN.iter().position(|name| *name == "yuml"), Some(95));
    }

    #[test]
    fn a_formula_around_a_text_comes_off() {
        assert_eq!(plain("=\"02139\"").as_deref(), Some("02139"));
        assert_eq!(plain("=\"a\"&\"b\""), None);
        assert_eq!(plain("=A1"), None);
    }

    #[test]
    fn numbers_in_scientific_notation() {
        for text in ["1.21256E+10", " 2.12555e+09 ", "1E+11", "4,91511E+12"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["", "1E5", "A1E+10", "12.5E+10", "Room 1E+", "+1 212 555 0101", "1.2E-10"] {
            assert!(!is_scientific(text), "{text}");
        }
    }
}
