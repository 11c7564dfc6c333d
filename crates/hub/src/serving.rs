//! The server: desks' routes, and the portal's pages at every other path, by the host that is asked for.

use crate::ledger::Ledger;
use crate::routes;
use crate::watching;
use anyhow::Result;
use axum::Router;
use axum::serve::ListenerExt as _;
use liaison_portal::outbox::MailServer;
use liaison_portal::portal::Portal;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;

/// All routes over a database; the portal's jobs run beside them.
pub fn router(ledger: Arc<Ledger>, mail: Option<MailServer>, proxies: Vec<IpAddr>) -> Router {
    let pool = ledger.pool.clone();
    let portal = Portal::new(Arc::clone(&ledger) as Arc<dyn liaison_portal::log::Log>, pool, mail, proxies);
    tokio::spawn(Arc::clone(&portal).run_jobs());
    let note = axum::middleware::from_fn_with_state(Arc::clone(&ledger), watching::note);
    routes::router(ledger).fallback_service(liaison_portal::router::router(portal)).layer(note)
}

/// Answers until the process ends.
pub async fn serve(
    ledger: Arc<Ledger>,
    listener: TcpListener,
    mail: Option<MailServer>,
    proxies: Vec<IpAddr>,
) -> Result<()> {
    let router = router(ledger, mail, proxies);
    // Answers are short: each goes at once, and doesn't wait for the one before to be confirmed.
    let listener = listener.tap_io(|stream| {
        let _set = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await?)
}
