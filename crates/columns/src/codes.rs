//! One small number for each row, in as few bytes as the largest needs.

use liaison_store::bits::Bits;
use serde::{Deserialize, Serialize};

/// The number of each row; 0 where it has none. Rows beyond the end have none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Codes {
    /// One byte each.
    One(Vec<u8>),
    /// Two.
    Two(Vec<u16>),
    /// Four.
    Four(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Codes {
        Codes::One(Vec::new())
    }
}

impl Codes {
    /// The codes of rows from 0 on; takes no place where all are 0.
    pub fn of(codes: Vec<u32>) -> Codes {
        match codes.iter().max() {
            None | Some(0) => Codes::default(),
            Some(..=0xff) => Codes::One(codes.into_iter().map(|code| code as u8).collect()),
            Some(..=0xffff) => Codes::Two(codes.into_iter().map(|code| code as u16).collect()),
            Some(_) => Codes::Four(codes),
        }
    }

    /// The code of a row.
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Codes::One(codes) => codes.get(row).map_or(0, |code| u32::from(*code)),
            Codes::Two(codes) => codes.get(row).map_or(0, |code| u32::from(*code)),
            Codes::Four(codes) => codes.get(row).map_or(0, |code| *code),
        }
    }

    /// Gives a row a code.
    pub fn set(&mut self, row: usize, code: u32) {
        if code == 0 && row >= self.len() {
            return;
        }
        match self {
            Codes::One(codes) if code > 0xff => {
                *self = Codes::Two(codes.iter().map(|code| u16::from(*code)).collect());
                return self.set(row, code);
            }
            Codes::Two(codes) if code > 0xffff => {
                *self = Codes::Four(codes.iter().map(|code| u32::from(*code)).collect());
                return self.set(row, code);
            }
            _ => {}
        }
        match self {
            Codes::One(codes) => put(codes, row, code as u8),
            Codes::Two(codes) => put(codes, row, code as u16),
            Codes::Four(codes) => put(codes, row, code),
        }
    }

    fn len(&self) -> usize {
        match self {
            Codes::One(codes) => codes.len(),
            Codes::Two(codes) => codes.len(),
            Codes::Four(codes) => codes.len(),
        }
    }

    /// The rows below `size` whose code is among those marked, by code.
    pub fn marked(&self, marks: &[bool], size: usize) -> Bits {
        fn of<C: Copy + Into<u32>>(codes: &[C], marks: &[bool], size: usize) -> Bits {
            let beyond = marks[0];
            Bits::from_fn(size, |row| codes.get(row).map_or(beyond, |code| marks[(*code).into() as usize]))
        }
        match self {
            Codes::One(codes) => of(codes, marks, size),
            Codes::Two(codes) => of(codes, marks, size),
            Codes::Four(codes) => of(codes, marks, size),
        }
    }

    /// Gives back the room for more than there are.
    pub fn shrink(&mut self) {
        match self {
            Codes::One(codes) => codes.shrink_to_fit(),
            Codes::Two(codes) => codes.shrink_to_fit(),
            Codes::Four(codes) => codes.shrink_to_fit(),
        }
    }

    /// Bytes of memory.
    pub fn bytes(&self) -> usize {
        match self {
            Codes::One(codes) => codes.capacity(),
            Codes::Two(codes) => codes.capacity() * 2,
            Codes::Four(codes) => codes.capacity() * 4,
        }
    }
}

fn put<C: Copy + Default>(codes: &mut Vec<C>, row: usize, code: C) {
    if row >= codes.len() {
        codes.resize(row + 1, C::default());
    }
    codes[row] = code;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_grow_with_their_numbers_and_their_rows() {
        let mut codes = Codes::of(vec![0, 1, 255]);
        assert!(matches!(codes, Codes::One(_)));
        codes.set(9, 0);
        codes.set(4, 256);
        assert!(matches!(codes, Codes::Two(_)));
        codes.set(1, 70_000);
        assert!(matches!(codes, Codes::Four(_)));
        assert_eq!((0..6).map(|row| codes.get(row)).collect::<Vec<_>>(), [0, 70_000, 255, 0, 256, 0]);
        assert_eq!(Codes::of(vec![0; 5]), Codes::default());
        let mut marks = vec![false; 70_001];
        marks[255] = true;
        assert_eq!(codes.marked(&marks, 200).iter().collect::<Vec<_>>(), [2]);
        marks[0] = true;
        assert_eq!(codes.marked(&marks, 7).iter().collect::<Vec<_>>(), [0, 2, 3, 5, 6]);
    }
}
