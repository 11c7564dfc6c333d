//! Records that say the same twice once they refer to the survivor: two registrations for one event.

use super::texts::append;
use liaison_domain::field::{CREATED_AT, DELETED_AT, Field};
use liaison_domain::journal::FieldChange;
use liaison_domain::kind::RecordKind;
use liaison_domain::participation as part;
use liaison_domain::record::Record;
use liaison_domain::value::Value;

/// Longest remark.
const REMARK_MOST: usize = 200;

/// The changes to `kept` after which it says all that `double` says, so that the double can go; `None` where the two
/// say different things.
pub fn absorb(kept: &Record, double: &Record) -> Option<Vec<FieldChange>> {
    if kept.kind != double.kind || kept.id == double.id {
        return None;
    }
    let same = |fields: &[&Field]| fields.iter().all(|field| kept.get(field) == double.get(field));
    match kept.kind {
        RecordKind::Participation => {
            let what = [&part::CONTACT, &part::PART, &part::MEETING, &part::EVENT, &part::INTERVIEW_SCHEDULE];
            if !same(&what) {
                return None;
            }
            let status = united_status(kept.get(&part::STATUS), double.get(&part::STATUS))?;
            let remark = united_remark(kept.text(&part::REMARK), double.text(&part::REMARK))?;
            let changes = [kept.change(&part::STATUS, status), kept.change(&part::REMARK, remark)];
            Some(changes.into_iter().flatten().collect())
        }
        RecordKind::DistinctPair => {
            same(&[&liaison_domain::distinct_pair::FIRST, &liaison_domain::distinct_pair::SECOND]).then(Vec::new)
        }
        RecordKind::Employment => {
            let told = |field: &&&Field| ![DELETED_AT.number, CREATED_AT.number].contains(&field.number);
            kept.kind.fields().iter().filter(told).all(|field| same(&[field])).then(Vec::new)
        }
        _ => None,
    }
}

/// What happened counts more than what was expected; two different outcomes are two things.
fn united_status(kept: &Value, double: &Value) -> Option<Value> {
    let open = |value: &Value| value.is_empty() || value.as_text() == "expected";
    match (kept, double) {
        (kept, double) if kept == double => Some(kept.clone()),
        (kept, double) if open(kept) && open(double) => Some("expected".into()),
        (kept, double) if open(kept) => Some(double.clone()),
        (kept, double) if open(double) => Some(kept.clone()),
        _ => None,
    }
}

fn united_remark(kept: &str, double: &str) -> Option<Value> {
    let mut remark = kept.to_owned();
    append(&mut remark, "; ", double, REMARK_MOST).then(|| Value::text(remark))
}
