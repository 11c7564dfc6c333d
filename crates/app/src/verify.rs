//! Whether the database and the hash chain are whole.

use crate::desk::Desk;
use crate::error::CommandError;
use liaison_domain::Permission;
use liaison_store::StoreError;
use liaison_store::journal::{ChainCheck, check_chain};
use serde::Serialize;
use specta::Type;

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Verified {
    /// SQLite and SQLCipher found every page whole, and every reference has its record.
    pub database_ok: bool,
    /// Every operation and change is as it was when it was written.
    pub chain_ok: bool,
    /// How many operations were checked.
    pub operations: u32,
    /// The first thing that is not as it should be, in English.
    pub problem: Option<String>,
}

impl Desk {
    /// Checks every page of the database, every reference and every link of the hash chain.
    pub async fn verify(&self) -> Result<Verified, CommandError> {
        self.actor.require(Permission::ViewAuditLog)?;
        let database = self
            .database
            .read(|db| {
                let mut problems = Vec::new();
                for check in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check(5)"] {
                    match db.all(check, &[], |row| Ok(row.text(0).to_owned())) {
                        Ok(lines) => problems.extend(lines.into_iter().filter(|line| line != "ok")),
                        // A page that can't be decrypted ends the check itself.
                        Err(error @ StoreError::Sqlite { .. }) => problems.push(error.to_string()),
                        Err(error) => return Err(error),
                    }
                }
                if problems.is_empty() {
                    let dangling = db.number("SELECT count(*) FROM pragma_foreign_key_check", &[])?;
                    if dangling > 0 {
                        problems.push(format!("{dangling} references have no record"));
                    }
                }
                Ok(problems)
            })
            .await?;
        let chain = match self.database.read(check_chain).await {
            // What can't be read can't be checked.
            Err(error @ (StoreError::Sqlite { .. } | StoreError::Damaged(_))) => {
                ChainCheck { operations: 0, problem: Some(error.to_string()) }
            }
            chain => chain?,
        };
        Ok(Verified {
            database_ok: database.is_empty(),
            chain_ok: chain.problem.is_none(),
            operations: chain.operations,
            problem: database.into_iter().next().or(chain.problem),
        })
    }
}
