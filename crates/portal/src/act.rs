//! The one way in which pages of employers and students change something: under the institution's lock, with the rights of
//! that moment, as one operation that is committed before it is answered.

use crate::accounts::Link;
use crate::answer;
use crate::log::{Open, Step, Written};
use crate::page;
use crate::portal::Portal;
use crate::visit::{User, Visit, Who, as_whom};
use anyhow::{Result, bail};
use axum::response::Response;
use liaison_domain::role::PortalPermission;
use liaison_domain::{Change, Id, OperationKind, RecordKind};

/// Takes the institution's lock. Rights are read anew under it: the employer user as of this moment, or the page for
/// whoever is none any more.
pub(crate) async fn lock(portal: &Portal, visit: &Visit, user: &User) -> Result<Result<(Open, Box<User>), Response>> {
    let mut open = portal.log.begin(visit.site.institution).await?;
    portal.log.lock(&mut open, visit.site.institution).await?;
    let link = Link { record: user.record.id, kind: RecordKind::EmployerUser };
    Ok(match as_whom(portal, &mut open, &visit.site, user.account, link).await? {
        Who::Employer(user) => Ok((open, user)),
        _ => Err(answer::no_access(&visit.site)),
    })
}

/// Whoever may do this, or the page that there is none for them: what a role doesn't permit isn't there.
pub(crate) fn require(visit: &Visit, user: &User, permission: PortalPermission) -> Result<(), Response> {
    if user.permissions.contains(&permission) { Ok(()) } else { Err(page::not_found(visit)) }
}

/// Writes a step and commits; where nothing changes, nothing is written.
pub(crate) async fn write(
    portal: &Portal,
    visit: &Visit,
    mut open: Open,
    (actor, kind): (Id, OperationKind),
    changes: Vec<Change>,
) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let institution = visit.site.institution;
    match portal.log.write(&mut open, institution, Step { actor, kind, changes }).await? {
        Written::At(place) => {
            open.commit().await?;
            portal.log.wake(institution, place);
            Ok(())
        }
        Written::Refused(reason) => bail!("{} was refused: {reason}", kind.key()),
    }
}
