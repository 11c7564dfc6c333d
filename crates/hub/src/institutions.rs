//! What an operator does with an institution as a whole: take everything of it out as a file, suspend it, remove it.

use crate::ledger::Ledger;
use crate::packing::{id, unpack, uuid};
use crate::push::Open;
use anyhow::{Context as _, Result, bail};
use liaison_domain::{Id, RecordKind, Value};
use serde_json::{Map, json};
use sqlx::{AssertSqlSafe, Row as _};
use std::io::Write;
use uuid::Uuid;

/// Records that are read at once.
const AT_ONCE: i64 = 5_000;

impl Ledger {
    /// Whether an institution's desks and pages are answered.
    pub async fn is_suspended(&self, institution: Id) -> Result<bool> {
        let mut open = self.begin(institution).await?;
        let sql = "SELECT suspended IS NOT NULL FROM institution WHERE id=$1";
        let found: Option<bool> = sqlx::query_scalar(sql).bind(uuid(institution)).fetch_optional(&mut *open).await?;
        Ok(found.unwrap_or(false))
    }

    /// Suspends an institution or, with `false`, lets it in again. Its desks go on working by themselves and come back when
    /// they may; its portal is not there meanwhile.
    ///
    /// # Errors
    /// Where there is no such institution.
    pub async fn suspend(&self, institution: Id, suspended: bool) -> Result<()> {
        let mut open = self.begin(institution).await?;
        let sql = "UPDATE institution SET suspended=CASE WHEN $2 THEN coalesce(suspended,now()) END WHERE id=$1";
        let done = sqlx::query(sql).bind(uuid(institution)).bind(suspended).execute(&mut *open).await?;
        if done.rows_affected() == 0 {
            bail!("there is no institution {institution} here");
        }
        // No request asks for such a host.
        let sql = if suspended {
            "UPDATE host SET host='suspended:'||host WHERE institution=$1 AND host NOT LIKE 'suspended:%'"
        } else {
            "UPDATE host SET host=substr(host,11) WHERE institution=$1 AND host LIKE 'suspended:%'"
        };
        sqlx::query(sql).bind(uuid(institution)).execute(&mut *open).await?;
        Ok(open.commit().await?)
    }

    /// Removes an institution and everything of it, for good. `name` must be the one it was taken in by.
    ///
    /// # Errors
    /// Where there is no such institution, or it has another name.
    pub async fn remove(&self, institution: Id, name: &str) -> Result<()> {
        let mut open = self.begin(institution).await?;
        let of = uuid(institution);
        let sql = "SELECT name FROM institution WHERE id=$1 FOR UPDATE";
        let known: Option<String> = sqlx::query_scalar(sql).bind(of).fetch_optional(&mut *open).await?;
        let known = known.with_context(|| format!("there is no institution {institution} here"))?;
        if known != name {
            bail!("the institution {institution} is called {known:?}, not {name:?}; nothing was removed");
        }
        let accounts: Vec<Uuid> = sqlx::query_scalar("SELECT DISTINCT account FROM account_link WHERE institution=$1")
            .bind(of)
            .fetch_all(&mut *open)
            .await?;
        for table in tables(&mut open).await? {
            let sql = AssertSqlSafe(format!("DELETE FROM {table} WHERE institution=$1"));
            sqlx::query(sql).bind(of).execute(&mut *open).await?;
        }
        // People who have an account at another institution keep it.
        let sql = "DELETE FROM account a USING unnest($1::uuid[]) AS was(id) WHERE a.id=was.id
             AND NOT EXISTS (SELECT FROM account_link l WHERE l.account=a.id)";
        sqlx::query(sql).bind(accounts).execute(&mut *open).await?;
        sqlx::query("DELETE FROM institution WHERE id=$1").bind(of).execute(&mut *open).await?;
        Ok(open.commit().await?)
    }

    /// Writes everything the hub has of an institution, one JSON object a line: the records with their fields by name,
    /// then the log's operations, then the devices. Secrets, even as digests, are left out. Returns how many lines.
    ///
    /// # Errors
    /// Where there is no such institution, or the file can't be written.
    pub async fn export(&self, institution: Id, to: &mut impl Write) -> Result<u64> {
        let mut open = self.pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
        let of = uuid(institution);
        sqlx::query("SELECT set_config('liaison.institution',$1,true)")
            .bind(institution.to_string())
            .execute(&mut *open)
            .await?;
        let head =
            sqlx::query("SELECT name,last FROM institution WHERE id=$1").bind(of).fetch_optional(&mut *open).await?;
        let head = head.with_context(|| format!("there is no institution {institution} here"))?;
        let (name, last): (String, i64) = (head.try_get(0)?, head.try_get(1)?);
        writeln!(to, "{}", json!({ "institution": institution, "name": name, "places": last }))?;
        let mut lines = 1;
        let mut after = (i16::MIN, Uuid::nil());
        loop {
            let sql = "SELECT kind,id,created,packed FROM record WHERE institution=$1 AND (kind,id)>($2,$3)
                 ORDER BY kind,id LIMIT $4";
            let rows =
                sqlx::query(sql).bind(of).bind(after.0).bind(after.1).bind(AT_ONCE).fetch_all(&mut *open).await?;
            for row in &rows {
                after = (row.try_get(0)?, row.try_get(1)?);
                let kind = u8::try_from(after.0)?;
                let document = unpack(row.try_get::<Option<i64>, _>(2)?.map(|place| place as u64), row.try_get(3)?)?;
                let known = RecordKind::from_number(kind);
                let mut fields = Map::new();
                for (number, held) in &document.fields {
                    let key = known
                        .and_then(|kind| kind.field_numbered(*number))
                        .map_or_else(|| format!("field_{number}"), |field| field.key.to_owned());
                    if !held.value.is_empty() {
                        fields.insert(key, plain(&held.value));
                    }
                }
                let kind = known.map_or_else(|| format!("kind_{kind}"), |kind| kind.key().to_owned());
                writeln!(to, "{}", json!({ "record": id(after.1)?, "kind": kind, "fields": fields }))?;
            }
            lines += rows.len() as u64;
            if (rows.len() as i64) < AT_ONCE {
                break;
            }
        }
        for (what, sql) in [
            (
                "operation",
                "SELECT jsonb_build_object('operation',id,'place',place,'device',device,'actor',actor,'kind',kind,
                 'detail',detail,'undoes',undoes,'changes',changes,'refused',refused,'received',received)::text
                 FROM operation WHERE institution=$1 ORDER BY place",
            ),
            (
                "device",
                "SELECT jsonb_build_object('device',id,'name',name,'operations',sequence,'revoked',revoked)::text
                 FROM device WHERE institution=$1 ORDER BY id",
            ),
        ] {
            let rows: Vec<String> = sqlx::query_scalar(sql).bind(of).fetch_all(&mut *open).await.context(what)?;
            for row in &rows {
                writeln!(to, "{row}")?;
            }
            lines += rows.len() as u64;
        }
        to.flush()?;
        Ok(lines)
    }
}

/// A value as JSON.
fn plain(value: &Value) -> serde_json::Value {
    match value {
        Value::Empty => serde_json::Value::Null,
        Value::Text(text) => json!(text),
        Value::Flag(flag) => json!(flag),
        Value::Number(number) | Value::Moment(number) => json!(number),
        Value::Reference(id) => json!(id),
        Value::List(words) => json!(words),
    }
}

/// The tables that have something of institutions.
async fn tables(open: &mut Open) -> Result<Vec<String>> {
    let sql = "SELECT c.table_name::text FROM information_schema.columns c JOIN information_schema.tables t
         ON t.table_schema=c.table_schema AND t.table_name=c.table_name AND t.table_type='BASE TABLE'
         WHERE c.table_schema='public' AND c.column_name='institution' ORDER BY 1";
    Ok(sqlx::query_scalar(sql).fetch_all(&mut **open).await?)
}
