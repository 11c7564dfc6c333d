//! What is done without anybody asking, while a session lasts.

use crate::session::Session;
use crate::{backup, idle, mail, trash};

/// Starts what is done without anybody asking: emptying the trash, sending mail, backups, the weekly check. It ends with
/// this session: whoever hands the database to another person starts it on theirs.
pub fn start_background_work(session: &Session) {
    trash::start_purging(session);
    mail::start_sending(session);
    backup::start_backing_up(session);
    idle::start_checking(session);
}
