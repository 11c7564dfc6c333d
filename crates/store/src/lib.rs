//! The encrypted SQLite database: records, journal, search and result sets.
