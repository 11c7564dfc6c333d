//! Files whose content only who has their key can read, and that nobody can change without it being noticed.
//!
//! The content goes through XChaCha20-Poly1305 in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): in
//! frames, none of which can be left out, repeated, moved or cut off. What the file is about is sealed along, so that it
//! can't stand in for another.

use crate::private_file;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::aead::{KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305};
use rand::RngCore as _;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// How many bytes the key has.
pub const KEY: usize = 32;
/// The nonce of a file, drawn for it; the construction counts in the 5 bytes that are left of XChaCha20's 24.
const NONCE: usize = 19;
/// Content of a frame, in bytes. Only the last one has less.
const FRAME: usize = 1 << 16;
/// What authenticates a frame, behind it.
const CODE: usize = 16;

/// Writes a sealed file in the place of another, or where there was none; `work` writes its content.
///
/// # Errors
/// Those of the system and of `work`; the old file is then as it was.
pub fn write(
    path: &Path,
    key: &[u8; KEY],
    about: &str,
    work: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    private_file::write_with(path, |file| {
        let mut nonce = [0; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        file.write_all(&nonce)?;
        let cipher = XChaCha20Poly1305::new(Key::from_slice(key));
        let encryptor = EncryptorBE32::from_aead(cipher, nonce.as_slice().into());
        let mut sealing = Sealing { file, encryptor: Some(encryptor), about, frame: Vec::with_capacity(FRAME) };
        work(&mut sealing)?;
        sealing.finish()
    })
}

/// Opens a sealed file for reading its content.
///
/// # Errors
/// Those of the system. Reading fails with [`io::ErrorKind::InvalidData`] where the file was sealed with another key, is
/// about something else, or isn't as it was written.
pub fn open<'a>(path: &Path, key: &[u8; KEY], about: &'a str) -> io::Result<impl Read + use<'a>> {
    let mut file = File::open(path)?;
    let mut nonce = [0; NONCE];
    file.read_exact(&mut nonce).map_err(|_| other())?;
    let left = file.metadata()?.len().saturating_sub(NONCE as u64);
    let cipher = XChaCha20Poly1305::new(Key::from_slice(key));
    let decryptor = DecryptorBE32::from_aead(cipher, nonce.as_slice().into());
    Ok(Unsealing { file, decryptor: Some(decryptor), about, left, frame: Vec::new(), at: 0 })
}

fn other() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the file was sealed with another key, or isn't as it was written")
}

struct Sealing<'a> {
    file: &'a mut File,
    /// `None` once the last frame is written.
    encryptor: Option<EncryptorBE32<XChaCha20Poly1305>>,
    about: &'a str,
    frame: Vec<u8>,
}

impl Sealing<'_> {
    fn finish(mut self) -> io::Result<()> {
        let encryptor = self.encryptor.take().ok_or_else(other)?;
        let last = Payload { msg: &self.frame, aad: self.about.as_bytes() };
        self.file.write_all(&encryptor.encrypt_last(last).map_err(|_| other())?)
    }
}

impl Write for Sealing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full frame is written once something follows it: the last one is sealed as such.
        if self.frame.len() == FRAME {
            let encryptor = self.encryptor.as_mut().ok_or_else(other)?;
            let frame = Payload { msg: &self.frame, aad: self.about.as_bytes() };
            self.file.write_all(&encryptor.encrypt_next(frame).map_err(|_| other())?)?;
            self.frame.clear();
        }
        let taken = bytes.len().min(FRAME - self.frame.len());
        self.frame.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Unsealing<'a> {
    file: File,
    /// `None` once the last frame was read.
    decryptor: Option<DecryptorBE32<XChaCha20Poly1305>>,
    about: &'a str,
    /// Bytes of the file that were not read yet.
    left: u64,
    frame: Vec<u8>,
    at: usize,
}

impl Read for Unsealing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.frame.len() {
            let Some(mut decryptor) = self.decryptor.take() else { return Ok(0) };
            let size = self.left.min((FRAME + CODE) as u64);
            self.left -= size;
            let mut sealed = vec![0; size as usize];
            self.file.read_exact(&mut sealed)?;
            let frame = Payload { msg: &sealed, aad: self.about.as_bytes() };
            self.frame = if self.left > 0 {
                let opened = decryptor.decrypt_next(frame);
                self.decryptor = Some(decryptor);
                opened
            } else {
                decryptor.decrypt_last(frame)
            }
            .map_err(|_| other())?;
            self.at = 0;
        }
        let taken = into.len().min(self.frame.len() - self.at);
        into[..taken].copy_from_slice(&self.frame[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(length: usize) -> Vec<u8> {
        (0..length).map(|n| (n * 7 % 251) as u8).collect()
    }

    fn read(path: &Path, key: &[u8; KEY], about: &str) -> io::Result<Vec<u8>> {
        let mut read = Vec::new();
        open(path, key, about)?.read_to_end(&mut read).map(|_| read)
    }

    #[test]
    fn content_of_any_length_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("liaison.kept");
        for length in [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 17] {
            write(&path, &[7; KEY], "numbers", |to| to.write_all(&content(length))).expect("written");
            let read = read(&path, &[7; KEY], "numbers").expect("the same key and the same subject");
            assert!(read == content(length), "{length} bytes");
        }
    }

    #[test]
    fn what_is_not_as_it_was_written_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("liaison.kept");
        write(&path, &[7; KEY], "numbers", |to| to.write_all(&content(2 * FRAME + 9))).expect("written");
        let whole = std::fs::read(&path).expect("it is there");
        assert!(whole.windows(64).all(|window| window != &content(64)[..]), "nothing of it can be read");

        let refused = |why: &str, key: u8, about: &str| {
            let refused = read(&path, &[key; KEY], about).expect_err(why);
            assert!(matches!(refused.kind(), io::ErrorKind::InvalidData), "{why}: {refused}");
        };
        refused("another key", 8, "numbers");
        refused("another subject", 7, "words");
        let sealed = FRAME + CODE;
        let frames = |order: &[usize]| {
            let frame = |n: &usize| whole[NONCE + n * sealed..(NONCE + (n + 1) * sealed).min(whole.len())].to_vec();
            [whole[..NONCE].to_vec(), order.iter().flat_map(frame).collect()].concat()
        };
        for (why, changed) in [
            ("nothing", Vec::new()),
            ("only its beginning", whole[..NONCE].to_vec()),
            ("cut within a frame", whole[..whole.len() - 3].to_vec()),
            ("cut behind a frame", frames(&[0, 1])),
            ("in another order", frames(&[1, 0, 2])),
            ("with a frame twice", frames(&[0, 1, 1, 2])),
            ("longer", [whole.clone(), vec![0]].concat()),
        ] {
            std::fs::write(&path, changed).expect("written");
            refused(why, 7, "numbers");
        }
        for at in [0, NONCE, NONCE + FRAME, NONCE + sealed, whole.len() - 1] {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&path, changed).expect("written");
            refused(&format!("another bit at {at}"), 7, "numbers");
        }
    }

    #[test]
    fn what_could_not_be_written_leaves_the_file_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("liaison.kept");
        write(&path, &[7; KEY], "numbers", |to| to.write_all(b"before")).expect("written");
        let failed = write(&path, &[7; KEY], "numbers", |to| {
            to.write_all(&content(2 * FRAME))?;
            Err(io::Error::other("the disk is full"))
        });
        assert_eq!(failed.expect_err("it fails").to_string(), "the disk is full");
        assert_eq!(read(&path, &[7; KEY], "numbers").expect("as before"), b"before");
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing unfinished is left");
    }
}
