//! What the interface needs to know of Rust's declarations beside commands and types, as data: which tags a kind of record
//! has, which fields, which choices, what a permission needs, how much is taken at most. `cargo xtask bindings` writes
//! it down in TypeScript, so that none of it is kept a second time by hand.

use liaison_app::export::ExportFormat;
use liaison_app::lists::WINDOW_MOST;
use liaison_app::security::AUTO_LOCK_MOST;
use liaison_app::{cache_tag, roles, schema, staff_roles};
use liaison_domain::{
    FieldType, OperationKind, RecordKind, Registry, backup, mail_template, participation, passcode, saved_view,
};
use serde::Serialize;
use specta::datatype::{DataType, Enum, Fields};
use specta::{Format as _, Types};
use std::fmt::{Display, Write as _};

/// Enumerations whose alternatives carry values, of which the interface has words for each.
const WITH_VALUES: [&str; 2] = ["CommandError", "Problem"];

/// The whole file, below its header. `types` are those that cross to the interface.
pub fn contract(types: &Types) -> Result<String, Box<dyn std::error::Error>> {
    let mut file = String::from(
        "import type { CacheTag, DeskPermissionInfo, ExportFormat, KindSchema, OperationKind, Part, PortalPermissionInfo, RecordKind } \
         from \"./bindings.ts\";\n",
    );
    kinds(&mut file)?;
    permissions(&mut file)?;
    operations(&mut file)?;
    places(&mut file)?;
    exports(&mut file)?;
    limits(&mut file)?;
    alternatives(&mut file, types)?;
    Ok(file)
}

/// Tags, fields and choices of every kind of record.
fn kinds(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let tags = RecordKind::ALL.map(|kind| Ok((kind.key(), json(cache_tag::tags_of(kind))?)));
    about(file, "What shows records of a kind, what shows nothing else first: queries about them begin with that.")?;
    let each = "{ [kind in RecordKind]: readonly [CacheTag, ...CacheTag[]] }";
    map(file, "CACHE_TAGS", tags, &format!(" as const satisfies {each}"))?;

    about(file, "What a desk without attributes of its own answers when it is asked for its fields.")?;
    file.push_str("export const SCHEMA: KindSchema[] = [\n");
    for kind in schema::schema(&Registry::default()) {
        let (key, importable) = (json(&kind.kind)?, kind.importable);
        writeln!(file, "  {{ kind: {key}, importable: {importable}, retired: [], fields: [")?;
        for field in &kind.fields {
            writeln!(file, "    {},", json(field)?)?;
        }
        file.push_str("  ] },\n");
    }
    file.push_str("];\n");

    about(file, "What can be chosen in a field, kind by kind, in the order it is offered.")?;
    file.push_str("export const CHOICES = {\n");
    for kind in RecordKind::ALL {
        let fields = kind.fields().iter().chain(kind.computed_fields());
        let mut offered = fields.filter_map(|field| match field.field_type {
            FieldType::Choice { choices } => Some((field.key, choices)),
            _ => None,
        });
        if let Some(first) = offered.next() {
            writeln!(file, "  {}: {{", kind.key())?;
            for (key, choices) in std::iter::once(first).chain(offered) {
                writeln!(file, "    {key}: {},", json(choices)?)?;
            }
            file.push_str("  },\n");
        }
    }
    file.push_str("} as const;\n");

    let parts = RecordKind::ALL.into_iter().filter(|kind| !participation::parts_in(*kind).is_empty());
    about(file, "In which parts somebody can take part, for each kind that people take part in; the usual one first.")?;
    let each = "{ [kind in RecordKind]?: readonly [Part, ...Part[]] }";
    map(file, &format!("PARTS: {each}"), parts.map(|kind| Ok((kind.key(), json(participation::parts_in(kind))?))), "")
}

/// The permissions there are, and what each needs.
fn permissions(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    about(file, "What staff can be permitted to do, and what comes along with it.")?;
    list(file, "DESK_PERMISSIONS: DeskPermissionInfo[]", &staff_roles::desk_permissions())?;
    about(file, "What employer users can be permitted to do, and what comes along with it.")?;
    list(file, "PORTAL_PERMISSIONS: PortalPermissionInfo[]", &roles::portal_permissions())
}

/// What is to be known of kinds of operations.
fn operations(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let those = |which: fn(OperationKind) -> bool| {
        json(&OperationKind::ALL.into_iter().filter(|kind| which(*kind)).collect::<Vec<_>>())
    };
    let suffix = " as const satisfies readonly OperationKind[]";
    about(file, "Operations that changed no record: there is nothing to undo.")?;
    value(file, "EVENT_OPERATIONS", those(OperationKind::is_event)?, suffix)?;
    about(file, "Operations after which nothing is left to bring back.")?;
    value(file, "ERASING_OPERATIONS", those(OperationKind::erases)?, suffix)
}

/// Keys that stand for something of a record.
fn places(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    about(file, "What a place in a message can name.")?;
    value(file, "TEMPLATE_PLACES", json(mail_template::PLACES)?, " as const")
}

/// What the formats of exported files can hold.
fn exports(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    about(
        file,
        "The fields of contacts that a format has a place for; the formats that have one for each are not here.",
    )?;
    let held = ExportFormat::ALL.into_iter().filter_map(|format| Some((format.key(), format.fields_held()?)));
    let each = "{ [format in ExportFormat]?: readonly string[] }";
    map(file, &format!("EXPORT_FIELDS: {each}"), held.map(|(key, fields)| Ok((key, json(&fields)?))), "")
}

/// What the interface asks, counts and says itself.
fn limits(file: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let FieldType::Text { max: view_name } = saved_view::NAME.field_type else {
        return Err("the name of a view is no text".into());
    };
    let limits: [(&str, &dyn Display, &str); 6] = [
        ("window_rows", &WINDOW_MOST, "Most rows of a list that are given at once."),
        ("merged_records", &liaison_app::merge::MOST, "Most records that become one at once."),
        ("passcode_least", &passcode::LEAST, "Shortest passcode, in characters."),
        ("auto_lock_minutes", &AUTO_LOCK_MOST, "Longest time without anybody at the desk until it locks, in minutes."),
        ("view_name", &view_name, "Longest name of a view, in characters."),
        ("erased_days", &backup::ERASED_DAYS, "How long backups keep a copy of what was erased, in days."),
    ];
    about(file, "How much there is of something, at most or at least.")?;
    file.push_str("export const LIMITS = {\n");
    for (key, limit, doc) in limits {
        writeln!(file, "  /** {doc} */\n  {key}: {limit},")?;
    }
    file.push_str("} as const;\n");
    Ok(())
}

/// The alternatives of every enumeration that crosses: `ARCHIVE_WAY` are those of `ArchiveWay`.
fn alternatives(file: &mut String, types: &Types) -> Result<(), Box<dyn std::error::Error>> {
    // As they are on the wire.
    let types = specta_serde::Format.map_types(types).map_err(|error| error.to_string())?.into_owned();
    for named in types.into_sorted_iter() {
        let Some(DataType::Enum(alternatives)) = &named.ty else { continue };
        if !is_plain(alternatives) && !WITH_VALUES.contains(&&*named.name) {
            continue;
        }
        let keys: Vec<&str> = alternatives.variants.iter().map(|(key, _)| &**key).collect();
        about(file, &format!("The alternatives of `{}`.", named.name))?;
        value(file, &constant_name(&named.name), json(&keys)?, " as const")?;
    }
    Ok(())
}

/// Whether all alternatives are mere words.
fn is_plain(alternatives: &Enum) -> bool {
    alternatives.variants.iter().all(|(key, variant)| match &variant.fields {
        Fields::Unit => true,
        // How a word is written down once it has its name on the wire.
        Fields::Unnamed(fields) => matches!(
            fields.fields.as_slice(),
            [field] if matches!(&field.ty, Some(DataType::Enum(word))
                if matches!(word.variants.as_slice(), [(name, inner)] if name == key && inner.fields == Fields::Unit))
        ),
        Fields::Named(_) => false,
    })
}

/// `ArchiveWay` as a constant is called.
fn constant_name(name: &str) -> String {
    let mut constant = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !constant.is_empty() {
            constant.push('_');
        }
        constant.extend(letter.to_uppercase());
    }
    constant
}

fn about(file: &mut String, doc: &str) -> std::fmt::Result {
    writeln!(file, "\n/** {doc} */")
}

fn value(file: &mut String, name: &str, json: String, suffix: &str) -> Result<(), Box<dyn std::error::Error>> {
    Ok(writeln!(file, "export const {name} = {json}{suffix};")?)
}

fn list<T: Serialize>(file: &mut String, name: &str, items: &[T]) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "export const {name} = [")?;
    for item in items {
        writeln!(file, "  {},", json(item)?)?;
    }
    file.push_str("];\n");
    Ok(())
}

fn map(
    file: &mut String,
    name: &str,
    entries: impl IntoIterator<Item = serde_json::Result<(&'static str, String)>>,
    suffix: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(file, "export const {name} = {{")?;
    for entry in entries {
        let (key, json) = entry?;
        writeln!(file, "  {key}: {json},")?;
    }
    Ok(writeln!(file, "}}{suffix};")?)
}

fn json<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string(value)
}

#[cfg(test)]
mod tests {
    #[test]
    fn constants_are_called_after_their_type() {
        assert_eq!(super::constant_name("ArchiveWay"), "ARCHIVE_WAY");
        assert_eq!(super::constant_name("Reach"), "REACH");
    }
}
