//! The SQL of computed fields: those of a contact or an employer user that other records say.

use crate::links::{BY_ADDRESS, BY_ALIAS, CONTACT_OF_USER, LINKED};
use liaison_domain::staleness::{SIGNS, Sign};
use liaison_domain::{Field, contact, employer_user, student};

/// Something of the user linked with contact `t` (M45): by its address, else by an alias.
fn linked(what: &str) -> String {
    format!("(SELECT {what} {BY_ADDRESS} LIMIT 1),(SELECT {what} {BY_ALIAS} LIMIT 1)")
}

/// The present moment in milliseconds.
const NOW: &str = "unixepoch('now')*1000";

/// The SQL of a computed field's value for a single row of `t`.
pub fn expression(field: &Field) -> String {
    match field.key {
        key if key == contact::LAST_HEARD.key => last_heard(),
        key if key == contact::LAST_LOG_IN.key => format!("coalesce({})", linked("max(u.last_log_in)")),
        key if key == employer_user::CONTACT.key => CONTACT_OF_USER.to_owned(),
        key if key == student::STATUS.key => student_status(),
        // `access` is the one that remains.
        _ => format!("coalesce({},'none')", linked("CASE WHEN u.access THEN 'on' ELSE 'off' END")),
    }
}

/// [`student::status`] of a row; the rule itself says what each of the eight cases is.
fn student_status() -> String {
    let moments = [student::DEACTIVATED_AT.key, student::ACTIVATED_AT.key, student::INVITED_AT.key];
    let mut cases = String::from("CASE ");
    for case in 0..8 {
        let is = |at: usize| case >> at & 1 == 1;
        let tests: Vec<String> = (0..3).map(|at| format!("(t.{} IS NOT NULL)={}", moments[at], is(at) as u8)).collect();
        cases.push_str(&format!("WHEN {} THEN '{}' ", tests.join(" AND "), student::status(is(1), is(0), is(2))));
    }
    cases + "END"
}

/// The SQL of the words for a computed field's value, where it needs any.
pub fn words(field: &Field) -> Option<String> {
    (field.key == contact::ACCESS.key)
        .then(|| format!("(SELECT r.name FROM role r WHERE r.id=coalesce({}))", linked("u.role")))
}

/// What a sign demands of a row of its table.
fn counts(sign: &Sign) -> String {
    let at = sign.at.key;
    let mut sql = format!("deleted_at IS NULL AND {at}<={NOW}");
    // Keys and choices come from the registry; none has a quotation mark.
    if let Some((field, value)) = sign.only {
        sql.push_str(&format!(" AND {}='{value}'", field.key));
    }
    if let Some((field, value)) = sign.not {
        sql.push_str(&format!(" AND {} IS NOT '{value}'", field.key));
    }
    sql
}

/// For a window of some rows: one look-up per sign.
fn last_heard() -> String {
    let mut latest = String::from("nullif(max(coalesce(t.created_at,0)");
    for sign in SIGNS {
        let (table, contact, at) = (sign.kind.key(), sign.contact.key, sign.at.key);
        latest.push_str(&format!(
            ",coalesce((SELECT max({at}) FROM {table} WHERE {contact}=t.id AND {}),0)",
            counts(sign)
        ));
    }
    latest.push_str(&format!(",coalesce((SELECT max(u.last_log_in) {BY_ADDRESS}),0)),0)"));
    latest
}

/// For filters and orders over all rows: the same, computed once for all the rows that have it.
pub struct Set {
    /// Common table expressions, without "WITH".
    pub tables: String,
    /// Goes behind the table `t`. Sets that are the same join the same.
    pub join: &'static str,
    /// The value for a row.
    pub expression: &'static str,
}

/// The log-ins of all contacts at once (M45): by the address of each, and by its aliases. The smallest number leads, as
/// it does where one contact is looked up; whether that user has access is its last bit.
const LOG_INS: &str = "by_address(contact,user,last) AS MATERIALIZED (
        SELECT c.n,min(u.n*2+coalesce(u.access,0)),max(u.last_log_in)
        FROM employer_user u JOIN contact c ON c.email_key=u.email_key WHERE u.deleted_at IS NULL GROUP BY c.n),
    by_alias(contact,user,last) AS MATERIALIZED (
        SELECT c.n,min(u.n*2+coalesce(u.access,0)),max(u.last_log_in)
        FROM contact c,json_each(c.alias_keys) j JOIN employer_user u ON u.email_key=j.value
        WHERE c.alias_keys<>'[]' AND u.deleted_at IS NULL
            AND NOT EXISTS(SELECT 1 FROM contact o WHERE o.email_key=u.email_key AND o.deleted_at IS NULL)
        GROUP BY c.n)";
const LOG_INS_JOIN: &str = " LEFT JOIN by_address ON by_address.contact=t.n LEFT JOIN by_alias ON by_alias.contact=t.n";

/// A computed field over all rows at once; `None` for columns, and where a look-up per row does as well.
pub fn set(field: &Field) -> Option<Set> {
    if !field.is_computed() {
        return None;
    }
    Some(match field.key {
        key if key == employer_user::CONTACT.key => Set {
            tables: LINKED.to_owned(),
            join: " LEFT JOIN linked ON linked.user=t.n LEFT JOIN contact own ON own.n=linked.contact",
            expression: "own.id",
        },
        key if key == contact::LAST_HEARD.key => Set {
            tables: heard(),
            join: " LEFT JOIN heard ON heard.contact=t.id",
            expression: "nullif(max(coalesce(t.created_at,0),coalesce(heard.at,0)),0)",
        },
        key if key == contact::LAST_LOG_IN.key => Set {
            tables: LOG_INS.to_owned(),
            join: LOG_INS_JOIN,
            expression: "coalesce(by_address.last,by_alias.last)",
        },
        key if key == contact::ACCESS.key => Set {
            tables: LOG_INS.to_owned(),
            join: LOG_INS_JOIN,
            expression: "CASE coalesce(by_address.user,by_alias.user)%2 WHEN 1 THEN 'on' WHEN 0 THEN 'off' ELSE 'none' END",
        },
        _ => return None,
    })
}

/// When each contact that left a sign was last heard of.
fn heard() -> String {
    let mut parts: Vec<String> = SIGNS
        .iter()
        .map(|sign| {
            let (table, contact, at) = (sign.kind.key(), sign.contact.key, sign.at.key);
            format!(
                "SELECT {contact} AS contact,max({at}) AS at FROM {table} WHERE {contact} IS NOT NULL AND {} GROUP BY 1",
                counts(sign)
            )
        })
        .collect();
    parts.push(
        "SELECT c.id,u.last_log_in FROM employer_user u JOIN contact c ON c.email_key=u.email_key \
         WHERE u.deleted_at IS NULL AND u.last_log_in IS NOT NULL"
            .to_owned(),
    );
    format!(
        "heard(contact,at) AS MATERIALIZED (SELECT contact,max(at) FROM ({}) GROUP BY 1)",
        parts.join(" UNION ALL ")
    )
}
