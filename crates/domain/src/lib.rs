//! The records, fields, rules and journal of a career center's contact desk. No I/O and no clock.
