//! Nobody sees or writes what is another institution's: every table, every route.

use crate::{Desk, Hub};
use liaison_domain::Id;
use liaison_hub::secrets::Credential;
use sqlx::Row as _;
use sqlx::postgres::{PgPool, PgPoolOptions};

/// Tables that are about no institution's data, and what they have.
const OPEN: &[(&str, &str)] = &[
    ("pulse", "how far each log is, for whoever is waited for"),
    ("_sqlx_migrations", "which tables there are"),
    ("host", "which institution a host is, before one is known"),
    ("account", "accounts are the hub’s: one for all institutions of a person"),
    ("account_link", "where an account is linked: ids only"),
    ("work", "which institutions the jobs have something to do for"),
    ("throttle", "counts under digests"),
];

/// Tables that are empty here: tests of the portal, and others, fill them.
const EMPTY: &[&str] = &[
    "attribute",
    "erased",
    "staged",
    "snapshot",
    "snapshot_part",
    "portal",
    "login",
    "ticket",
    "asked",
    "outbound",
    "employer_choice",
    "posting",
    "seen",
];

pub(crate) async fn as_institution(pool: &PgPool, institution: Id) -> sqlx::Transaction<'static, sqlx::Postgres> {
    let mut open = pool.begin().await.expect("a transaction");
    let set = sqlx::query("SELECT set_config('liaison.institution', $1, true)").bind(institution.to_string());
    set.execute(&mut *open).await.expect("a setting");
    open
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_shows_and_takes_only_what_is_ones_own() {
    let hub = Hub::start().await;
    let (first, institution) = Desk::first(&hub).await;
    first.now().await;
    // A table must have something in it, or it says nothing.
    let _code = hub.code(institution).await;
    let other = Id::from_parts(1, [9; 10]);
    hub.ledger.add_institution(other, "Elsewhere").await.expect("taken in");
    let pool = PgPoolOptions::new().max_connections(2).connect(&hub.url()).await.expect("connected");
    let passes = sqlx::query_scalar("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname=current_user");
    assert!(!passes.fetch_one(&pool).await.unwrap_or(true), "row-level security counts for whoever serves");

    let tables = sqlx::query(
        "SELECT c.relname::text,c.relrowsecurity AND c.relforcerowsecurity,
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid=c.oid) FROM pg_class c
         WHERE c.relkind IN ('r','p') AND c.relnamespace='public'::regnamespace",
    );
    let tables = tables.fetch_all(&pool).await.expect("tables");
    assert!(tables.len() > 8, "{}", tables.len());
    for table in tables {
        let name: String = table.get(0);
        if OPEN.iter().any(|(open, _)| *open == name) {
            continue;
        }
        assert_eq!((table.get::<bool, _>(1), table.get::<i64, _>(2)), (true, 1), "{name} is not closed");
        let key = if name == "institution" { "id" } else { "institution" };
        let sql = |text: String| sqlx::AssertSqlSafe(text);
        let all = format!("SELECT count(*) FROM {name}");
        let count = async |institution: Id| -> i64 {
            let mut open = as_institution(&pool, institution).await;
            sqlx::query_scalar(sql(all.clone())).fetch_one(&mut *open).await.expect("a count")
        };
        let own = count(institution).await;
        let theirs = count(other).await;
        assert_eq!(theirs, i64::from(name == "institution"), "{name} shows what is another's");
        // Whoever set no institution sees nothing at all.
        assert_eq!(sqlx::query_scalar::<_, i64>(sql(all.clone())).fetch_one(&pool).await.expect("a count"), 0);
        if !EMPTY.contains(&name.as_str()) {
            assert!(own > 0, "{name} is empty: nothing is tried");
        }
        // Nor does anybody change it, or pass one's own off as another's.
        let mut open = as_institution(&pool, other).await;
        let taken = format!("UPDATE {name} SET {key}='{other}' WHERE {key}='{institution}'");
        assert_eq!(sqlx::query(sql(taken)).execute(&mut *open).await.expect("nothing").rows_affected(), 0, "{name}");
        let deleted = format!("DELETE FROM {name} WHERE {key}='{institution}'");
        assert_eq!(sqlx::query(sql(deleted)).execute(&mut *open).await.expect("nothing").rows_affected(), 0, "{name}");
        drop(open);
        if own > 0 {
            let mut open = as_institution(&pool, institution).await;
            let given = format!("UPDATE {name} SET {key}='{other}' WHERE {key}='{institution}'");
            let given = sqlx::query(sql(given)).execute(&mut *open).await;
            let refused = given.expect_err("a row can’t be given away").to_string();
            assert!(refused.contains("row-level security"), "{name}: {refused}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_opens_its_own_institution_and_no_other() {
    let hub = Hub::start().await;
    let (_first, institution) = Desk::first(&hub).await;
    let other = Id::from_parts(1, [9; 10]);
    hub.ledger.add_institution(other, "Elsewhere").await.expect("taken in");
    let device = Id::from_parts(2, [8; 10]);
    let code = hub.code(other).await;
    let code = liaison_hub::secrets::Code::parse(&code).expect("a code");
    let theirs = hub.ledger.join(&code, device, "A computer", 0).await.expect("an answer").expect("joined");
    assert!(hub.ledger.knows(&theirs).await.expect("an answer"));
    let crossed = [
        Credential { institution, ..theirs.clone() },
        Credential { device: Id::from_parts(2, [7; 10]), ..theirs.clone() },
        Credential { secret: "none".into(), ..theirs.clone() },
    ];
    for credential in crossed {
        assert!(!hub.ledger.knows(&credential).await.expect("an answer"), "{}", credential.text());
        for (route, body) in [("pull?after=0", None), ("staged/none", None), ("push", Some(Vec::new()))] {
            let status = hub.status(route, &credential.text(), body).await;
            assert_eq!(status, 401, "{route} with {}", credential.text());
        }
    }
    for route in ["pull?after=0", "push"] {
        let body = (route == "push").then(Vec::new);
        assert_eq!(hub.status(route, &theirs.text(), body).await, 200, "{route}");
    }
    // A code of one institution makes no device of another.
    let code = hub.code(other).await;
    let code = liaison_hub::secrets::Code::parse(&code).expect("a code");
    let crossed = liaison_hub::secrets::Code { institution, ..code };
    assert!(hub.ledger.join(&crossed, device, "A computer", 0).await.expect("an answer").is_none());
}
