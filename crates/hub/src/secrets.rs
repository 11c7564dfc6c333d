//! Secrets that devices hold: the hub keeps digests of them.

use liaison_domain::Id;
use rand::RngCore as _;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// What a device shows for itself: `institution.device.secret`. The institution is in it, so that it is known before the
/// first row is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The institution.
    pub institution: Id,
    /// The device.
    pub device: Id,
    /// The secret.
    pub secret: String,
}

impl Credential {
    /// Reads a credential.
    pub fn parse(text: &str) -> Option<Credential> {
        let mut parts = text.split('.');
        let (institution, device, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let of = |text: &str| text.parse::<Id>().ok();
        let credential = Credential { institution: of(institution)?, device: of(device)?, secret: secret.to_owned() };
        (parts.next().is_none() && !secret.is_empty()).then_some(credential)
    }

    /// As text.
    pub fn text(&self) -> String {
        format!("{}.{}.{}", self.institution, self.device, self.secret)
    }
}

/// A one-time code: `institution.secret`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The institution.
    pub institution: Id,
    /// The secret.
    pub secret: String,
}

impl Code {
    /// Reads a code.
    pub fn parse(text: &str) -> Option<Code> {
        let (institution, secret) = text.trim().split_once('.')?;
        Some(Code { institution: institution.parse().ok()?, secret: secret.to_owned() })
    }

    /// As text.
    pub fn text(&self) -> String {
        format!("{}.{}", self.institution, self.secret)
    }
}

/// 256 random bits.
pub fn draw() -> String {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing into a string has no way to fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}

/// What is kept of a secret. It has 256 random bits: nobody finds it by trying, so nothing has to be slow.
pub fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let credential = Credential { institution: Id::constant(1), device: Id::constant(2), secret: draw() };
        assert_eq!(Credential::parse(&credential.text()), Some(credential.clone()));
        let code = Code { institution: Id::constant(1), secret: draw() };
        assert_eq!(Code::parse(&code.text()), Some(code));
        for wrong in
            ["", "a.b.c", &format!("{}.x", credential.text()), &format!("{}.{}.", Id::constant(1), Id::constant(2))]
        {
            assert_eq!(Credential::parse(wrong), None, "{wrong}");
        }
        assert_ne!(draw(), draw());
    }
}
