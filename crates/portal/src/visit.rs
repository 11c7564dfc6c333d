//! A request: which institution's portal it is for, that no other site sent its form, and who is logged in. Rights are
//! read anew each time, so that whoever loses access loses it with the next click.

use crate::accounts;
use crate::answer;
use crate::form::Form;
use crate::portal::Portal;
use crate::secrets::digest;
use crate::site::{self, Site};
use anyhow::Result;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liaison_domain::role::{self, PortalPermission};
use liaison_domain::{Id, Record, RecordKind, employer_user, student};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use uuid::Uuid;

/// The page behind the link by which people stop messages; its forms come from wherever mail is read.
pub const UNSUBSCRIBE: &str = "/unsubscribe";

/// Who is logged in.
#[derive(Clone, Debug)]
pub enum Who {
    /// Nobody.
    Nobody,
    /// Somebody who may not come in any more.
    NoAccess,
    /// An employer user.
    Employer(Box<User>),
    /// A student or alum.
    Student(Box<Person>),
}

/// An employer user who is logged in.
#[derive(Clone, Debug)]
pub struct User {
    /// The record.
    pub record: Record,
    /// What the role permits.
    pub permissions: Vec<PortalPermission>,
    /// The account.
    pub account: Uuid,
}

/// A student or alum who is logged in.
#[derive(Clone, Debug)]
pub struct Person {
    /// The record.
    pub record: Record,
    /// The account.
    pub account: Uuid,
}

/// A request that is one of a page of an institution.
pub struct Visit {
    /// The institution's portal.
    pub site: Site,
    /// Where it comes from, as far as clients are told apart: an IPv4 address, or the network of an IPv6 one.
    pub client: String,
    /// Who is logged in.
    pub who: Who,
    /// The path, without the query.
    pub path: String,
    /// The fields of the query.
    pub query: Form,
    /// Whether browsers say that it was sent from a page of this site.
    pub is_of_this_site: bool,
    token: Option<String>,
    ticket: Option<String>,
}

impl Visit {
    /// The employer user who is logged in, or the page that says what to do.
    pub fn employer(&self) -> Result<&User, Response> {
        match &self.who {
            Who::Employer(user) => Ok(user),
            Who::NoAccess => Err(answer::no_access(&self.site)),
            Who::Nobody | Who::Student(_) => Err(answer::see_other("/hire/log-in")),
        }
    }

    /// The student or alum who is logged in, or the page that says what to do.
    pub fn student(&self) -> Result<&Person, Response> {
        match &self.who {
            Who::Student(person) => Ok(person),
            Who::NoAccess => Err(answer::no_access(&self.site)),
            Who::Nobody | Who::Employer(_) => Err(answer::see_other("/log-in")),
        }
    }

    /// What a form of somebody logged in carries: it is of this login and this page, and has the id of what it brings into
    /// being, so that a form that is sent twice makes one record.
    pub fn op(&self) -> String {
        self.op_for(&self.path)
    }

    /// The same for a form that is sent to another page of this site.
    pub fn op_for(&self, path: &str) -> String {
        self.site.key.seal("op", &format!("{} {}", self.of_form(path), crate::moment::new_id()))
    }

    /// Refuses a form that was not made for this login and this page.
    pub fn check_op(&self, form: &Form) -> Result<(), Response> {
        self.op_id(form).map(drop)
    }

    /// The id of what a form brings into being; refuses a form that was not made for this login and this page.
    pub fn op_id(&self, form: &Form) -> Result<Id, Response> {
        let sealed = self.site.key.unseal("op", form.raw("op")).filter(|_| self.token.is_some());
        let id = sealed.as_deref().and_then(|of| of.rsplit_once(' ')).filter(|(of, _)| *of == self.of_form(&self.path));
        id.and_then(|(_, id)| id.parse().ok()).ok_or_else(|| StatusCode::FORBIDDEN.into_response())
    }

    fn of_form(&self, path: &str) -> String {
        let login = self.token.as_deref().map(digest).unwrap_or_default();
        format!("{}:{path}", URL_SAFE_NO_PAD.encode(login))
    }

    /// The token of the login.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The cookie that keeps somebody logged in; an empty token ends it.
    pub fn login_cookie(&self, token: &str) -> String {
        self.cookie("login", token, (token.is_empty()).then_some(0))
    }

    /// The token of a link: it goes from the address into a cookie, so that no log and no other page has it.
    pub fn ticket(&self) -> Option<&str> {
        self.ticket.as_deref()
    }

    /// The cookie that has it for an hour.
    pub fn ticket_cookie(&self, token: &str) -> String {
        self.cookie("ticket", token, Some(if token.is_empty() { 0 } else { 3600 }))
    }

    fn cookie(&self, name: &str, value: &str, seconds: Option<u32>) -> String {
        let (prefix, secure) = if self.site.is_secure() { ("__Host-", "; Secure") } else { ("", "") };
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        // Lax: whoever comes by a link in a letter is logged in. Forms of other sites are refused otherwise.
        format!("{prefix}{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let pairs =
        headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name);
    found.next().map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty() && value.len() <= 200)
}

/// The host that a request names, without a port, in lowercase.
fn host(parts: &Parts) -> Option<String> {
    let named = parts.headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let named = named.or_else(|| parts.uri.authority().map(|authority| authority.as_str()))?;
    let host = match named.strip_prefix('[') {
        Some(rest) => rest.split(']').next()?,
        None => named.split(':').next()?,
    };
    Some(host.to_ascii_lowercase())
}

/// Whether a form was sent from a page of this site. Browsers say so; whoever doesn't is refused.
fn is_of_this_site(headers: &HeaderMap, origin: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let from = text("origin");
    match text("sec-fetch-site") {
        Some("same-origin") => from.is_none_or(|from| from == origin),
        Some(_) => false,
        None => from == Some(origin),
    }
}

/// Where a request comes from. What a proxy says of it counts only where it is one of ours.
fn client(parts: &Parts, proxies: &[IpAddr]) -> String {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    let forwarded = || {
        let value = parts.headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let address = match peer {
        Some(peer) if proxies.contains(&peer) => forwarded().unwrap_or(peer),
        Some(peer) => peer,
        None => return String::new(),
    };
    match address {
        IpAddr::V4(address) => address.to_string(),
        // A household has a network of these.
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
        },
    }
}

impl FromRequestParts<Arc<Portal>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, portal: &Arc<Portal>) -> Result<Visit, Response> {
        match visit(parts, portal).await {
            Ok(visit) => visit,
            Err(error) => Err(answer::failed(&error)),
        }
    }
}

async fn visit(parts: &Parts, portal: &Portal) -> Result<Result<Visit, Response>> {
    let misdirected = || Ok(Err((StatusCode::MISDIRECTED_REQUEST, "There is no such site here.").into_response()));
    let Some(host) = host(parts) else { return misdirected() };
    let Some((institution, origin)) = site::by_host(&portal.pool, &host).await? else { return misdirected() };
    let is_of_this_site = is_of_this_site(&parts.headers, &origin);
    // Mail programs send the form of a link to stop messages, which has a signature of its own.
    let is_by_mail = parts.uri.path() == UNSUBSCRIBE;
    if parts.method == Method::POST && !is_of_this_site && !is_by_mail {
        return Ok(Err(
            (StatusCode::FORBIDDEN, "This form was sent from another site. Open the page again.").into_response()
        ));
    }
    let Some(query) = Form::parse(parts.uri.query().unwrap_or_default().as_bytes()) else {
        return Ok(Err(StatusCode::BAD_REQUEST.into_response()));
    };
    let mut open = portal.log.begin(institution).await?;
    let Some(site) = site::read(&*portal.log, &mut open, institution, origin).await? else {
        return Ok(Err((StatusCode::SERVICE_UNAVAILABLE, "This site is not set up yet.").into_response()));
    };
    let prefix = if site.is_secure() { "__Host-" } else { "" };
    let token = cookie(&parts.headers, &format!("{prefix}login"));
    let ticket = cookie(&parts.headers, &format!("{prefix}ticket"));
    let who = match &token {
        Some(token) => who(portal, &mut open, &site, token).await?,
        None => Who::Nobody,
    };
    open.commit().await?;
    let (client, path) = (client(parts, &portal.proxies), parts.uri.path().to_owned());
    Ok(Ok(Visit { site, client, who, path, query, is_of_this_site, token, ticket }))
}

async fn who(portal: &Portal, open: &mut crate::log::Open, site: &Site, token: &str) -> Result<Who> {
    let Some(login) = accounts::login(open, site.institution, token).await? else { return Ok(Who::Nobody) };
    as_whom(portal, open, site, login.account, login.link).await
}

/// Who an account is here, as the records say now.
pub(crate) async fn as_whom(
    portal: &Portal,
    open: &mut crate::log::Open,
    site: &Site,
    account: Uuid,
    link: accounts::Link,
) -> Result<Who> {
    let Some(record) = site::find(&*portal.log, open, site.institution, link.kind, link.record).await? else {
        return Ok(Who::NoAccess);
    };
    if link.kind == RecordKind::Student {
        let closed = record.is_deleted() || !record.get(&student::DEACTIVATED_AT).is_empty();
        return Ok(if closed { Who::NoAccess } else { Who::Student(Box::new(Person { record, account })) });
    }
    if employer_user::log_in(&record).is_err() {
        return Ok(Who::NoAccess);
    }
    let role = match record.get(&employer_user::ROLE).as_reference() {
        Some(role) => site::find(&*portal.log, open, site.institution, RecordKind::Role, role).await?,
        None => None,
    };
    let role = match role.filter(|role| !role.is_deleted()) {
        Some(role) => Some(role),
        // A role that was deleted: the one to begin with.
        None => {
            let role = site::default_role(&*portal.log, open, site.institution).await?;
            site::find(&*portal.log, open, site.institution, RecordKind::Role, role).await?
        }
    };
    let permissions = role.as_ref().map(role::of).unwrap_or_default();
    Ok(Who::Employer(Box::new(User { record, permissions, account })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(key, value)| ((*key).parse().expect("a name"), (*value).parse().expect("a value"))).collect()
    }

    #[test]
    fn only_forms_of_this_site_are_taken() {
        let origin = "https://careers.example";
        for taken in [
            &[("sec-fetch-site", "same-origin"), ("origin", origin)][..],
            &[("sec-fetch-site", "same-origin")],
            &[("origin", origin)],
        ] {
            assert!(is_of_this_site(&headers(taken), origin), "{taken:?}");
        }
        for refused in [
            &[][..],
            &[("origin", "null")],
            &[("origin", "https://evil.example")],
            &[("origin", "https://careers.example.evil.example")],
            &[("sec-fetch-site", "cross-site"), ("origin", origin)],
            &[("sec-fetch-site", "same-site"), ("origin", origin)],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
        ] {
            assert!(!is_of_this_site(&headers(refused), origin), "{refused:?}");
        }
    }

    fn parts(peer: &str, forwarded: &str) -> Parts {
        let mut request = Request::builder().header("x-forwarded-for", forwarded).body(()).expect("a request");
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().expect("an address")));
        request.into_parts().0
    }

    #[test]
    fn a_proxy_is_believed_where_it_is_ours() {
        let proxy: IpAddr = "127.0.0.1".parse().expect("an address");
        assert_eq!(client(&parts("127.0.0.1:9", "6.6.6.6, 10.0.0.9"), &[proxy]), "10.0.0.9", "the last one it said");
        assert_eq!(client(&parts("9.9.9.9:9", "10.0.0.9"), &[proxy]), "9.9.9.9");
        assert_eq!(client(&parts("127.0.0.1:9", "nonsense"), &[proxy]), "127.0.0.1");
        let (one, other) = ("[2001:db8:1:2:3::1]:9", "[2001:db8:1:2:4::2]:9");
        assert_eq!(client(&parts(one, ""), &[]), client(&parts(other, ""), &[]), "one network");
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let cookies = headers(&[("cookie", "a=1; login=abc; b=2")]);
        assert_eq!(cookie(&cookies, "login").as_deref(), Some("abc"));
        assert_eq!(cookie(&cookies, "log"), None);
        assert_eq!(cookie(&headers(&[("cookie", "login=")]), "login"), None);
    }
}
