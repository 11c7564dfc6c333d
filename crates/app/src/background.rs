//! What is done without anybody asking, while a session lasts.

use crate::session::Session;
use crate::{backup, idle, mail, sync, trash};

/// Starts what is done without anybody asking: emptying the trash, sending mail, backups, the weekly check, the
/// exchange with the hub. It ends with this session, the exchange with the database: whoever hands that to another
/// person starts it on theirs.
pub fn start_background_work(session: &Session) {
    trash::start_purging(session);
    mail::start_sending(session);
    backup::start_backing_up(session);
    idle::start_checking(session);
    sync::start_syncing(session);
}
