//! Whose secret opened the desk.

use liaison_domain::Id;

/// What opened the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The passcode of this staff member.
    Person(Id),
    /// The passcode of the set-up, of a key file that does not say yet who set up.
    SetUp,
    /// The recovery key.
    Recovery,
    /// The keychain.
    Keychain,
}
