//! Reading SQLite's write-ahead log (sqlite.org/fileformat2.html#the_write_ahead_log), to see whose it is and whether
//! it is whole. SQLite itself stops at the first frame that is not, and says nothing.

use crate::error::StoreError;
use crate::page_cipher::{PAGE, PageCipher};
use hashbrown::HashSet;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The first four bytes; one more where its sums are of big-endian numbers.
const MAGIC: u32 = 0x377f_0682;

/// The committed pages of a log.
#[derive(Default)]
pub(crate) struct LogPages {
    /// Their numbers.
    pub(crate) numbers: HashSet<u32>,
    /// How many of them were written with the key.
    pub(crate) fitting: usize,
    /// How many were not.
    pub(crate) strange: usize,
    /// Whole operations come after a place that is damaged: SQLite would drop them without a word. What one operation
    /// left that was being written when the power went is no damage, nobody was told that it was done.
    pub(crate) is_broken: bool,
}

/// Reads a log. One that is not there, or not begun, has no pages.
pub(crate) fn read(path: &Path, cipher: &PageCipher) -> Result<LogPages, StoreError> {
    let mut pages = LogPages::default();
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(pages),
        Err(error) => return Err(error.into()),
    };
    let mut file = BufReader::with_capacity(1 << 20, file);
    let mut header = [0; HEADER];
    // Zeros are what a power cut leaves of a log that was about to be begun.
    if !fill(&mut file, &mut header)? || header == [0; HEADER] {
        return Ok(pages);
    }
    let magic = number(&header, 0);
    if magic & !1 != MAGIC || number(&header, 8) as usize != PAGE {
        // Of an older log nothing is left that counts; this one was never one of ours.
        pages.is_broken = true;
        return Ok(pages);
    }
    let mut sum = Sum { big_endian: magic & 1 == 1, halves: [0; 2] };
    sum.add(&header[..24]);
    // SQLite writes the header before anything that counts is in the log.
    if sum.halves != [number(&header, 24), number(&header, 28)] {
        return Ok(pages);
    }
    let mut frame = [0; FRAME_HEADER + PAGE];
    let mut uncommitted: Vec<(u32, bool)> = Vec::new();
    let (mut is_whole, mut commits_after) = (true, 0);
    while fill(&mut file, &mut frame)? {
        // A frame of an earlier round, which was written back: the log ends before it.
        if frame[8..16] != header[16..24] {
            if is_whole {
                break;
            }
            continue;
        }
        let (page, size) = (number(&frame, 0), number(&frame, 4));
        if is_whole {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME_HEADER..]);
            is_whole = sum.halves == [number(&frame, 16), number(&frame, 20)];
        }
        if !is_whole {
            commits_after += u32::from(size > 0);
            continue;
        }
        uncommitted.push((page, cipher.fits(page, &frame[FRAME_HEADER..])));
        if size > 0 {
            for (page, fits) in uncommitted.drain(..) {
                pages.numbers.insert(page);
                pages.fitting += usize::from(fits);
                pages.strange += usize::from(!fits);
            }
        }
    }
    pages.is_broken = commits_after > 1;
    Ok(pages)
}

/// Reads a whole piece; false at the end of the file, also in the middle of one.
fn fill(file: &mut impl Read, piece: &mut [u8]) -> Result<bool, StoreError> {
    match file.read_exact(piece) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// The running sum over header and frames.
struct Sum {
    big_endian: bool,
    halves: [u32; 2],
}

impl Sum {
    /// Adds bytes, a multiple of eight.
    fn add(&mut self, bytes: &[u8]) {
        let [mut first, mut second] = self.halves;
        for pair in bytes.chunks_exact(8) {
            let word = |at: usize| {
                let word = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
                if self.big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
            };
            first = first.wrapping_add(word(0)).wrapping_add(second);
            second = second.wrapping_add(word(4)).wrapping_add(first);
        }
        self.halves = [first, second];
    }
}
