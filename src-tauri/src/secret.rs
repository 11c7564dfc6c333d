//! What somebody typed that opens something.

use serde::Deserialize;
use specta::Type;
use std::ops::Deref;
use zeroize::Zeroize as _;

/// A passcode or recovery key as the page gives it; its memory is overwritten when it is dropped.
#[derive(Deserialize, Type)]
#[serde(transparent)]
pub struct Secret(String);

impl Deref for Secret {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
