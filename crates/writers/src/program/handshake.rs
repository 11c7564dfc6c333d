//! Handshake: the columns of its import of contacts. Headers are compared letter by letter there; blank cells leave what
//! Handshake has.

use super::part::{Columns, Part};
use Part::{Blank, Joined, Of};

/// What a row has to have.
pub(super) const REQUIRED: [&str; 3] = ["email", "first_name", "last_name"];

pub(super) const COLUMNS: Columns = &[
    ("email_address", Of("email")),
    ("first_name", Of("first_name")),
    ("last_name", Of("last_name")),
    ("title", Of("title")),
    ("description", Of("description")),
    // Handshake’s own number of the employer, which we don’t know.
    ("employer_id", Blank),
    ("employer_name", Of("employer")),
    ("archive", Part::Archived),
    ("location_attributes:name", Joined(&["city", "region", "country"], ", ")),
    ("phone", Of("work_phone")),
    ("cell_phone", Of("mobile_phone")),
    ("fax", Of("fax")),
];
