//! The schema is what the migrations make, what the snapshot says, and what the field registry declares.

use crate::plain::Plain;
use liaison_domain::{FieldType, RecordKind};
use liaison_store::{Sql, table};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn snapshot() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations/sqlite/schema.snapshot.sql")
}

/// Line by line without indentation, so that only what SQLite understands counts.
fn normal(sql: &str) -> Vec<&str> {
    sql.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn migrating_an_empty_database_gives_the_schema_of_the_snapshot() {
    let plain = Plain::new().await;
    let statements = plain.database.read(|db| {
        db.all(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name<>'_sqlx_migrations'
             ORDER BY tbl_name,type DESC,name",
            &[],
            |row| Ok(format!("{};\n", row.text(0))),
        )
    });
    let schema = format!(
        "-- The schema after all migrations. A test compares it; LIAISON_RENEW=1 writes it anew:\n\
         -- LIAISON_RENEW=1 cargo test -p liaison-store schema\n\n{}",
        statements.await.expect("the schema").join("\n")
    );
    if std::env::var_os("LIAISON_RENEW").is_some() {
        std::fs::write(snapshot(), &schema).expect("the snapshot written");
    }
    let expected = std::fs::read_to_string(snapshot()).unwrap_or_default();
    assert!(
        normal(&schema) == normal(&expected),
        "the migrations no longer give migrations/sqlite/schema.snapshot.sql. If that is meant, renew it with\n\
         LIAISON_RENEW=1 cargo test -p liaison-store schema\nand look at the difference. They give:\n{schema}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_of_the_registry_has_its_column_and_nothing_else_has() {
    let plain = Plain::new().await;
    for kind in RecordKind::ALL {
        let mut expected: BTreeMap<String, &str> = BTreeMap::from([("n".into(), "INTEGER"), ("id".into(), "BLOB")]);
        let mut references: BTreeMap<String, String> = BTreeMap::new();
        for field in kind.fields() {
            let of_type = match field.field_type {
                FieldType::Flag | FieldType::Number | FieldType::Moment => "INTEGER",
                FieldType::Reference { kind } => {
                    references.insert(field.key.into(), kind.key().into());
                    "BLOB"
                }
                _ => "TEXT",
            };
            assert!(expected.insert(field.key.into(), of_type).is_none(), "{} has one column", field.key);
        }
        for derived in table::derived(kind) {
            assert!(expected.insert(derived.column.into(), "TEXT").is_none(), "{} is derived only", derived.column);
        }
        let (columns, foreign) = plain
            .database
            .read(|db| {
                let of = [Sql::Text(kind.key())];
                let columns = db.all("SELECT name,type FROM pragma_table_xinfo(?)", &of, |row| {
                    Ok((row.text(0).to_owned(), row.text(1).to_owned()))
                })?;
                let foreign = db.all("SELECT \"from\",\"table\" FROM pragma_foreign_key_list(?)", &of, |row| {
                    Ok((row.text(0).to_owned(), row.text(1).to_owned()))
                })?;
                Ok((columns, foreign))
            })
            .await
            .expect("the columns");
        let expected: BTreeMap<String, String> = expected.into_iter().map(|(name, t)| (name, t.to_owned())).collect();
        assert_eq!(columns.into_iter().collect::<BTreeMap<_, _>>(), expected, "columns of {}", kind.key());
        assert_eq!(foreign.into_iter().collect::<BTreeMap<_, _>>(), references, "references of {}", kind.key());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_strict() {
    let plain = Plain::new().await;
    let loose = plain
        .number(
            "SELECT count(*) FROM pragma_table_list WHERE schema='main' AND type='table' AND strict=0
             AND name NOT LIKE 'sqlite_%' AND name<>'_sqlx_migrations'",
        )
        .await;
    assert_eq!(loose, 0, "a table that is not STRICT takes a text where a number belongs");
}
