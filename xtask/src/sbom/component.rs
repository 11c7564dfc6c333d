//! What a bill lists.

/// Something that ships, or that takes part in making it.
#[derive(Debug, PartialEq, Eq)]
pub struct Component {
    /// Its address as a package, or where it is in this repository; no two have the same.
    pub id: String,
    /// As its registry has it.
    pub name: String,
    /// Exactly.
    pub version: String,
    /// Where it comes from.
    pub origin: Origin,
    /// An SPDX expression.
    pub licence: String,
    /// Name of the algorithm, and the digest in hexadecimal.
    pub hash: Option<(&'static str, String)>,
    /// The ids of what it uses.
    pub uses: Vec<String>,
    /// Compiled in; what only takes part in compiling, such as procedural macros, isn't.
    pub ships: bool,
    /// Of the systems it ships on, where these are not all.
    pub systems: Vec<&'static str>,
}

/// Where something comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A program of this repository.
    Program,
    /// A part of this repository.
    Own,
    /// From elsewhere; its id is a package URL.
    Foreign,
}
