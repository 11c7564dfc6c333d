//! How often something may be tried. Keys are digests under the institution's key, and the same is counted whether or not
//! there is such an account.

use crate::secrets::Key;
use anyhow::Result;
use sqlx::PgPool;

/// A limit: so many within so many seconds.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Its name: limits with other names count apart.
    pub name: &'static str,
    /// As many are let through.
    pub most: i32,
    /// Within these seconds.
    pub seconds: i64,
}

/// Failures to log in, of one address from one client.
pub const LOG_IN: Limit = Limit { name: "log-in", most: 5, seconds: 15 * 60 };
/// Failures to log in, of one address from everywhere.
pub const LOG_IN_ADDRESS: Limit = Limit { name: "log-in address", most: 100, seconds: 24 * 60 * 60 };
/// Failures to log in, of one client to whatever addresses.
pub const LOG_IN_CLIENT: Limit = Limit { name: "log-in client", most: 30, seconds: 15 * 60 };
/// Letters to one address.
pub const LETTERS: Limit = Limit { name: "letters", most: 3, seconds: 60 * 60 };
/// Letters that one client asks for.
pub const LETTERS_CLIENT: Limit = Limit { name: "letters client", most: 10, seconds: 60 * 60 };
/// People whom one student or employer user names.
pub const NAMED: Limit = Limit { name: "named", most: 50, seconds: 24 * 60 * 60 };
/// What one employer user posts: interviews and job listings.
pub const POSTED: Limit = Limit { name: "posted", most: 20, seconds: 24 * 60 * 60 };
/// Colleagues whom one employer user invites.
pub const COLLEAGUES: Limit = Limit { name: "colleagues", most: 20, seconds: 24 * 60 * 60 };
/// Forms behind links, that one client sends.
pub const TICKETS: Limit = Limit { name: "tickets", most: 30, seconds: 15 * 60 };

fn key(signed_by: &Key, limit: Limit, of: &[&str]) -> Vec<u8> {
    let parts: Vec<&str> = [limit.name].into_iter().chain(of.iter().copied()).collect();
    signed_by.sign(&parts).to_vec()
}

/// Counts one more. Whether it is within the limit.
pub async fn count(pool: &PgPool, signed_by: &Key, limit: Limit, of: &[&str]) -> Result<bool> {
    let count: i32 = sqlx::query_scalar(
        "INSERT INTO throttle(key,since,count) VALUES($1,now(),1) ON CONFLICT (key) DO UPDATE SET
           count=CASE WHEN throttle.since<now()-make_interval(secs=>$2) THEN 1 ELSE throttle.count+1 END,
           since=CASE WHEN throttle.since<now()-make_interval(secs=>$2) THEN now() ELSE throttle.since END
         RETURNING count",
    )
    .bind(key(signed_by, limit, of))
    .bind(limit.seconds as f64)
    .fetch_one(pool)
    .await?;
    Ok(count <= limit.most)
}

/// Counts several more at once.
pub async fn count_many(pool: &PgPool, signed_by: &Key, limit: Limit, of: &[&str], more: usize) -> Result<()> {
    for _ in 0..more {
        count(pool, signed_by, limit, of).await?;
    }
    Ok(())
}

/// How many minutes must pass before it may be tried again; `None` where it may be now. Nothing is counted.
pub async fn wait(pool: &PgPool, signed_by: &Key, limit: Limit, of: &[&str]) -> Result<Option<u64>> {
    let seconds: Option<f64> = sqlx::query_scalar(
        "SELECT extract(epoch FROM since+make_interval(secs=>$2)-now())::float8 FROM throttle
         WHERE key=$1 AND count>=$3 AND since>=now()-make_interval(secs=>$2)",
    )
    .bind(key(signed_by, limit, of))
    .bind(limit.seconds as f64)
    .bind(limit.most)
    .fetch_optional(pool)
    .await?;
    Ok(seconds.map(|seconds| (seconds / 60.0).ceil().max(1.0) as u64))
}

/// Counts one less: what was counted was no failure. Others that were counted stay, or whoever logs in to an account of
/// their own could go on guessing at those of others.
pub async fn take_back(pool: &PgPool, signed_by: &Key, limit: Limit, of: &[&str]) -> Result<()> {
    sqlx::query("UPDATE throttle SET count=greatest(count-1,0) WHERE key=$1")
        .bind(key(signed_by, limit, of))
        .execute(pool)
        .await?;
    Ok(())
}

/// Forgets what was counted: the right password was given.
pub async fn forget(pool: &PgPool, signed_by: &Key, limit: Limit, of: &[&str]) -> Result<()> {
    sqlx::query("DELETE FROM throttle WHERE key=$1").bind(key(signed_by, limit, of)).execute(pool).await?;
    Ok(())
}
