//! Files in and out: CSV, xlsx and vCard.
