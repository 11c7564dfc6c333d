//! The addresses of a row: a cell may hold several, and a blank one does not hide those beside it.

use liaison_domain::name::email_key;
use liaison_domain::parse::addresses_in;
use liaison_domain::refusal::Problem;
use liaison_domain::{Field, contact};

/// The fields that hold a person's current addresses, the first one first.
pub const ADDRESSES: [&Field; 3] = [&contact::EMAIL, &contact::EMAIL_2, &contact::EMAIL_3];

/// What the cells of a row say about addresses.
#[derive(Default)]
pub(super) struct Addresses {
    /// The first address of each field's cell.
    fields: [Option<String>; 3],
    /// Further addresses in the same cells, with their column.
    further: Vec<(String, usize)>,
    /// The cell of the first field holds something that is no address.
    is_refused: bool,
}

/// The addresses in their fields.
pub(super) struct Settled {
    pub fields: Vec<(&'static Field, String)>,
    /// What found no room: the field that would come next, the column, and why.
    pub refused: Vec<(&'static Field, usize, Problem)>,
}

impl Addresses {
    pub(super) fn holds(field: &Field) -> bool {
        ADDRESSES.iter().any(|known| known.number == field.number)
    }

    /// Takes the cell of a field; refuses what is no address.
    pub(super) fn take(&mut self, field: &'static Field, text: &str, column: usize) -> Result<(), Problem> {
        let mut found = addresses_in(text).into_iter();
        let Some(first) = found.next() else {
            // "n/a" is nothing; other texts are no addresses.
            let read = field.read(text).map(|_| ());
            self.is_refused |= read.is_err() && field.number == contact::EMAIL.number;
            return read;
        };
        self.further.extend(found.map(|address| (address, column)));
        if let Some(at) = ADDRESSES.iter().position(|known| known.number == field.number) {
            self.fields[at] = Some(first);
        }
        Ok(())
    }

    /// Puts the addresses into their fields: further ones where there is room, and the first there is into the first
    /// field if nothing else is in it.
    pub(super) fn settle(mut self) -> Settled {
        let mut refused = Vec::new();
        for (address, column) in std::mem::take(&mut self.further) {
            let key = email_key(&address);
            if self.fields.iter().flatten().any(|known| email_key(known) == key) {
                continue;
            }
            match self.fields.iter_mut().skip(1).find(|field| field.is_none()) {
                Some(field) => *field = Some(address),
                None => refused.push((&contact::EMAIL_3, column, Problem::TooMany { most: ADDRESSES.len() as u32 })),
            }
        }
        if self.fields[0].is_none() && !self.is_refused {
            let first = self.fields.iter_mut().find(|field| field.is_some()).and_then(Option::take);
            self.fields[0] = first;
        }
        let filled = ADDRESSES.into_iter().zip(self.fields).filter_map(|(field, address)| Some((field, address?)));
        Settled { fields: filled.collect(), refused }
    }
}
