//! The wall clock of this computer, watched: the 24 hours of the rule hold also where it is set back.

use liaison_domain::reminder::WallClock;
use liaison_engine::error::CommandError;
use liaison_engine::session::Session;
use liaison_queries::invitations;
use liaison_store::{Db, StoreError};

/// What is known of the wall clock at this moment; not written down.
pub(crate) fn wall_clock(_session: &Session, db: &Db<'_>, now: i64) -> Result<WallClock, StoreError> {
    Ok(invitations::wall_clock(db)?.look(now, invitations::latest(db)?))
}

/// Looks at the clock and writes down where it was set back.
pub(crate) async fn watch_clock(session: &Session) -> Result<(), CommandError> {
    let now = session.now() as i64;
    let noticed = session
        .read(|view| {
            // The clock's and the journal's.
            let db = view.everything();
            Ok((invitations::wall_clock(db)?, wall_clock(session, db, now)?))
        })
        .await?;
    if noticed.0 != noticed.1 {
        session
            .engine()
            .database()
            .write(|db| {
                let clock = wall_clock(session, db, now)?;
                invitations::keep_wall_clock(db, clock)
            })
            .await?;
    }
    Ok(())
}
