//! The institution's look on its messages: colour, logo, who and where it is.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The colour where the institution has chosen none.
pub const COLOR: &str = "#1d4ed8";

/// What messages show of the institution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its name.
    pub name: String,
    /// Colour of heading and button, as `#rrggbb`; anything else counts as none.
    pub color: String,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Where it is, several lines.
    pub address: String,
    /// The phone number people call.
    pub phone: String,
    /// The address people write to.
    pub email: String,
    /// Its website.
    pub website: String,
}

/// A picture that goes with each message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Logo {
    /// Reads a logo as the institution keeps it, `image/png;base64,…`. `None` for what mail programs don't show (SVG)
    /// and for what is no picture of the type it says; the institution's name stands there instead.
    pub fn read(kept: &str) -> Option<Logo> {
        let (media_type, data) = kept.strip_prefix("data:").unwrap_or(kept).split_once(";base64,")?;
        let bytes = STANDARD.decode(data.trim()).ok()?;
        let media_type = match media_type {
            "image/png" if bytes.starts_with(b"\x89PNG\r\n\x1a\n") => "image/png",
            "image/jpeg" if bytes.starts_with(b"\xff\xd8\xff") => "image/jpeg",
            _ => return None,
        };
        Some(Logo { media_type, bytes })
    }

    /// The logo as an address that holds it, for previews: `data:image/png;base64,…`.
    pub fn data_url(&self) -> String {
        format!("data:{};base64,{}", self.media_type, STANDARD.encode(&self.bytes))
    }
}

impl Look {
    /// The colour, always one: `#rrggbb`.
    pub fn color(&self) -> String {
        if rgb(&self.color).is_some() { self.color.to_ascii_lowercase() } else { COLOR.to_owned() }
    }

    /// Black or white, whichever can be read better on the colour (WCAG 2, contrast ratio).
    pub fn color_of_words(&self) -> &'static str {
        let light = rgb(&self.color()).map_or(0.0, luminance);
        if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 { "#ffffff" } else { "#000000" }
    }

    /// The colour's contrast with white, from 1 to 21 (WCAG 2).
    pub fn contrast_with_white(&self) -> f64 {
        1.05 / (rgb(&self.color()).map_or(0.0, luminance) + 0.05)
    }

    /// Whether text in the colour can be read on white: 4.5 to 1.
    pub fn is_readable_on_white(&self) -> bool {
        self.contrast_with_white() >= 4.5
    }

    /// The colour of links on white: the institution's where it can be read there, else nearly black.
    pub(crate) fn color_of_links(&self) -> String {
        if self.is_readable_on_white() { self.color() } else { "#1f2937".to_owned() }
    }

    /// Name, address, phone, e-mail and website, those there are, a line each.
    pub fn contact_lines(&self) -> Vec<String> {
        let mut lines = vec![self.name.trim().to_owned()];
        lines.extend(self.address.lines().map(|line| line.trim().to_owned()));
        lines.extend([&self.phone, &self.email, &self.website].map(|text| text.trim().to_owned()));
        lines.retain(|line| !line.is_empty());
        lines
    }
}

fn rgb(color: &str) -> Option<[u8; 3]> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    if digits.contains('+') {
        return None;
    }
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(rgb: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(color: &str) -> Look {
        Look { color: color.into(), ..Look::default() }
    }

    #[test]
    fn words_on_the_color_can_be_read() {
        for (color, words) in
            [("#ffffff", "#ffffff"), ("#000000", "#000000"), ("#ffd700", "#ffffff"), ("#7a0019", "#000000")]
        {
            assert_ne!(look(color).color_of_words(), words, "on {color}");
        }
        assert_eq!(look("#FFD700").color_of_links(), "#1f2937", "yellow links on white can't be read");
        assert_eq!(look("#7A0019").color_of_links(), "#7a0019");
    }

    #[test]
    fn what_is_no_color_is_none() {
        for odd in ["", "red", "#12345", "#1234567", "#+12345", "#12345é", "\"><script>"] {
            assert_eq!(look(odd).color(), COLOR, "{odd}");
        }
    }

    #[test]
    fn only_pictures_that_mail_programs_show_are_logos() {
        let png = format!("image/png;base64,{}", STANDARD.encode(b"\x89PNG\r\n\x1a\nrest"));
        assert!(Logo::read(&png).is_some_and(|logo| logo.data_url() == format!("data:{png}")));
        assert_eq!(Logo::read("image/svg+xml;base64,PHN2Zy8+"), None);
        assert_eq!(Logo::read("image/png;base64,PHN2Zy8+"), None);
        assert_eq!(Logo::read("image/png"), None);
    }
}
