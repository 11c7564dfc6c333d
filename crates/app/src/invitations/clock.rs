//! The wall clock of this computer, watched: the 24 hours of the rule hold also where it is set back.

use crate::desk::Desk;
use crate::error::CommandError;
use liaison_domain::reminder::WallClock;
use liaison_store::{Db, StoreError, invitations};

impl Desk {
    /// What is known of the wall clock at this moment; not written down.
    pub(super) fn wall_clock(&self, db: &Db<'_>, now: i64) -> Result<WallClock, StoreError> {
        Ok(invitations::wall_clock(db)?.look(now, invitations::latest(db)?))
    }

    /// Looks at the clock and writes down where it was set back.
    pub(crate) async fn watch_clock(&self) -> Result<(), CommandError> {
        let now = self.now() as i64;
        let noticed = self.database.read(|db| Ok((invitations::wall_clock(db)?, self.wall_clock(db, now)?))).await?;
        if noticed.0 != noticed.1 {
            self.database
                .write(|db| {
                    let clock = self.wall_clock(db, now)?;
                    invitations::keep_wall_clock(db, clock)
                })
                .await?;
        }
        Ok(())
    }
}
