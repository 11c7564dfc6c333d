//! The SQL of computed fields: those of a contact, an employer or an employer user that other records say.

use crate::links::{BY_ADDRESS, BY_ALIAS, CONTACT_OF_USER, LINKED};
use liaison_domain::outbox::{OutboxState, RECIPIENT};
use liaison_domain::staleness::{SIGNS, Sign};
use liaison_domain::{Field, contact, employer, employer_user, participation, student};

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
        key if key == employer::CONTACTS.key => {
            format!("(SELECT count(*) FROM contact c WHERE c.employer=t.id AND {})", in_directory("c"))
        }
        key if key == employer::USERS.key => {
            "(SELECT count(*) FROM employer_user u WHERE u.employer=t.id AND u.deleted_at IS NULL)".to_owned()
        }
        // In there, `t` is the contact.
        key if key == employer::LAST_CONTACT.key => format!(
            "(WITH here(id) AS (SELECT t.id) SELECT max({}) FROM here JOIN contact t ON t.employer=here.id WHERE {})",
            last_heard(),
            in_directory("t")
        ),
        key if key == participation::EMPLOYER.key => of_participant("employer"),
        key if key == participation::EMAIL.key => of_participant("email"),
        // `access` is the one that remains.
        _ => format!("coalesce({},'none')", linked("CASE WHEN u.access THEN 'on' ELSE 'off' END")),
    }
}

/// Contacts that count for their employer: approved, and not kept by somebody to themselves. Whom only some may see
/// counts for nobody, so that the number tells nothing of them.
fn in_directory(c: &str) -> String {
    let (approved, private) = (contact::APPROVED, contact::MYSELF);
    format!("{c}.approval='{approved}' AND {c}.visibility<>'{private}' AND {c}.deleted_at IS NULL")
}

/// Something of the contact of participation `t`.
fn of_participant(what: &str) -> String {
    format!("(SELECT c.{what} FROM contact c WHERE c.id=t.contact)")
}

/// Whether the last invitation or reminder of student `t` was refused at the address the student still has, as
/// `reminder::LastMessage::is_refused_at` has it.
fn student_refused() -> String {
    let mut refused = Vec::new();
    for state in OutboxState::ALL {
        let key = state.key();
        if state.refuses_address(None) {
            refused.push(format!("o.state='{key}'"));
        } else if state.refuses_address(Some(RECIPIENT)) {
            refused.push(format!("o.state='{key}' AND o.reason='{RECIPIENT}'"));
        }
    }
    format!(
        "EXISTS(SELECT 1 FROM invitation i JOIN outbox o ON o.id=i.id
            WHERE i.student=t.id AND i.deleted_at IS NULL AND ({})
            AND (i.address=t.email OR lower(i.address)=t.email_key)
            AND NOT EXISTS(SELECT 1 FROM invitation j WHERE j.student=t.id AND j.deleted_at IS NULL
                AND (j.clock,j.n)>(i.clock,i.n)))",
        refused.join(" OR ")
    )
}

/// [`student::status`] of a row; the rule itself says what each case is.
fn student_status() -> String {
    let moments = [&student::DEACTIVATED_AT, &student::ACTIVATED_AT, &student::INVITED_AT];
    let refused = student_refused();
    let mut cases = String::from("CASE ");
    // What was refused is asked last: only of those whose moments leave it open.
    for case in 0..16 {
        let is = |at: usize| case >> at & 1 == 1;
        let status = student::status(is(1), is(0), is(2), is(3));
        let is_open = student::status(is(1), is(0), is(2), !is(3)) != status;
        if is(3) && !is_open {
            continue;
        }
        let test = |at: usize| format!("(t.{} IS NOT NULL)={}", moments[at].key, is(at) as u8);
        let mut tests: Vec<String> = (0..3).map(test).collect();
        if is_open {
            tests.push(if is(3) { refused.clone() } else { format!("NOT {refused}") });
        }
        cases.push_str(&format!("WHEN {} THEN '{status}' ", tests.join(" AND ")));
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
        key if key == employer::CONTACTS.key => Set {
            tables: format!(
                "people(employer,count) AS MATERIALIZED (
                    SELECT c.employer,count(*) FROM contact c WHERE c.employer IS NOT NULL AND {} GROUP BY 1)",
                in_directory("c")
            ),
            join: " LEFT JOIN people ON people.employer=t.id",
            expression: "coalesce(people.count,0)",
        },
        key if key == employer::USERS.key => Set {
            tables: "accounts(employer,count) AS MATERIALIZED (SELECT u.employer,count(*) FROM employer_user u
                WHERE u.employer IS NOT NULL AND u.deleted_at IS NULL GROUP BY 1)"
                .to_owned(),
            join: " LEFT JOIN accounts ON accounts.employer=t.id",
            expression: "coalesce(accounts.count,0)",
        },
        key if key == employer::LAST_CONTACT.key => Set {
            tables: format!(
                "{},heard_there(employer,at) AS MATERIALIZED (
                    SELECT c.employer,nullif(max(max(coalesce(c.created_at,0),coalesce(heard.at,0))),0)
                    FROM contact c LEFT JOIN heard ON heard.contact=c.id
                    WHERE c.employer IS NOT NULL AND {} GROUP BY 1)",
                heard(),
                in_directory("c")
            ),
            join: " LEFT JOIN heard_there ON heard_there.employer=t.id",
            expression: "heard_there.at",
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
