//! What becomes of letters, and that nobody reads those of another institution.

use crate::sign_up::DANA;
use crate::site::{Site, desk};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgPool, Row as _};
use std::time::Duration;

async fn pool(site: &Site) -> PgPool {
    PgPoolOptions::new().max_connections(1).connect(&site.cluster.url()).await.expect("connected")
}

/// State, tries, and whether text and link are there, of the letter to an address, as soon as it was tried.
async fn tried(site: &Site, pool: &PgPool, address: &str) -> (String, i32, bool) {
    let look = async {
        loop {
            let mut open = pool.begin().await.expect("a transaction");
            sqlx::query("SELECT set_config('liaison.institution',$1,true)")
                .bind(site.institution.to_string())
                .execute(&mut *open)
                .await
                .expect("set");
            let row = sqlx::query(
                "SELECT state,tries,body||link FROM outbound WHERE address=$1 AND (state<>'waiting' OR why<>'')",
            )
            .bind(address)
            .fetch_optional(&mut *open)
            .await
            .expect("read");
            if let Some(row) = row {
                return (row.get(0), row.get(1), !row.get::<String, _>(2).is_empty());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), look).await.expect("it is tried")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_can_not_be_sent_waits_or_is_given_up_and_one_that_went_leaves_no_link() {
    let site = Site::start().await;
    let pool = pool(&site).await;
    for (address, expected) in [
        ("dana@acme.example", ("sent", false)),
        // The server knows nobody of this name, and asks to be tried later.
        ("gone@acme.example", ("refused", false)),
        ("later@acme.example", ("waiting", true)),
    ] {
        let fields: Vec<_> =
            DANA.iter().map(|(name, value)| (*name, if *name == "email" { address } else { *value })).collect();
        assert_eq!(site.browser().post("/hire/sign-up", &fields).await.status, 303);
        let (state, tries, has_link) = tried(&site, &pool, address).await;
        assert_eq!((state.as_str(), tries, has_link), (expected.0, 1, expected.1), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_of_one_institution_is_closed_to_others() {
    let site = Site::start().await;
    crate::sign_up::signed_up(&site, &DANA).await;
    let (_desk, _folder, other) = desk(&site.ledger, &site.origin, None, "Southfield College").await;
    let pool = pool(&site).await;
    for (institution, sees) in
        [(site.institution.to_string(), true), (other.to_string(), false), (String::new(), false)]
    {
        for table in ["portal", "login", "ticket", "outbound", "lookup", "card"] {
            let mut open = pool.begin().await.expect("a transaction");
            sqlx::query("SELECT set_config('liaison.institution',$1,true)")
                .bind(&institution)
                .execute(&mut *open)
                .await
                .expect("set");
            let of = format!("SELECT count(*) FROM {table} WHERE institution='{}'", site.institution);
            let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(of)).fetch_one(&mut *open).await.expect("read");
            assert_eq!(count > 0, sees, "{table} as {institution:?}");
        }
    }
}
