//! Values that Rust keeps as text and that are one of a fixed list: the interface gets them as unions, so that a
//! misspelt one does not compile there.

use liaison_domain::{
    attribute, built_in_view, contact, invitation, label, mail_template, onboarding_question, participation, student,
};
use specta::Types;
use specta::datatype::{
    DataType, Enum, Fields, NamedDataType, NamedReference, NamedReferenceType, Primitive, Reference, Variant,
};

/// A list that values come from.
struct List {
    /// What its union is called.
    name: &'static str,
    /// What it says.
    docs: &'static str,
    keys: Vec<&'static str>,
    /// Types and their fields that hold one of its keys, or none.
    fields: &'static [(&'static str, &'static str)],
}

fn lists() -> Vec<List> {
    let list = |name, docs, keys: &[&'static str], fields| List { name, docs, keys: keys.to_vec(), fields };
    let views: Vec<&str> = built_in_view::built_in_views().map(|view| view.key).collect();
    vec![
        list(
            "Approval",
            "What the desk decided about a contact.",
            contact::APPROVALS,
            &[
                ("Chips", "approval"),
                ("DuplicatePerson", "approval"),
                ("FormerContact", "approval"),
                ("MergeRecord", "approval"),
            ],
        ),
        list(
            "Visibility",
            "Who may see an approved contact.",
            contact::VISIBILITIES,
            &[("Chips", "visibility"), ("Revival", "visibility")],
        ),
        list(
            "AccountStatus",
            "What is known of a student's account.",
            student::STATUSES,
            &[("StudentPanel", "status")],
        ),
        list("AttributeType", "What an attribute holds.", attribute::TYPES, &[("AttributeInfo", "value_type")]),
        list(
            "AttributeMeaning",
            "What the product itself does with an attribute.",
            attribute::MEANINGS,
            &[("AttributeInfo", "meaning")],
        ),
        list("LabelColor", "The tint of a label.", label::COLORS, &[("LabelInfo", "color")]),
        list(
            "QuestionType",
            "How a question is answered.",
            onboarding_question::TYPES,
            &[("OnboardingQuestion", "kind")],
        ),
        list("Part", "In which part somebody takes part.", participation::PARTS, &[("Participant", "part")]),
        list(
            "InvitationType",
            "An invitation, or a reminder of one.",
            invitation::TYPES,
            &[("InvitationEntry", "kind"), ("InvitationRow", "kind")],
        ),
        list("TemplatePurpose", "What a template is for.", mail_template::PURPOSES, &[("MailTemplate", "purpose")]),
        list("BuiltInViewKey", "A view that is always there.", &views, &[("BuiltInView", "key")]),
    ]
}

/// The types with the unions in their places.
pub fn with_unions(mut types: Types) -> Result<Types, String> {
    for List { name, docs, keys, fields } in lists() {
        let union = NamedDataType::new(name, &mut types, |_, union| {
            let mut alternatives = Enum::default();
            alternatives.variants = keys.iter().map(|key| ((*key).into(), Variant::unit())).collect();
            union.docs = format!(" {docs}").into();
            union.ty = Some(alternatives.into());
        });
        let mut missing = fields.to_vec();
        types.iter_mut(|named| {
            missing.retain(|(of, field)| *of != named.name || !put(named, field, union.reference(Vec::new())));
        });
        if !missing.is_empty() {
            return Err(format!("no text to be one of {name}: {missing:?}"));
        }
    }
    Ok(types)
}

/// Gives a field that is text, or none, another type. False where there is no such field.
fn put(named: &mut NamedDataType, field: &str, union: Reference) -> bool {
    let Some(DataType::Struct(of)) = &mut named.ty else { return false };
    let Fields::Named(fields) = &mut of.fields else { return false };
    let found = fields.fields.iter_mut().find(|(name, _)| name == field);
    found.and_then(|(_, field)| field.ty.as_mut()).is_some_and(|text| replace(text, union))
}

/// Puts the union where the text is.
fn replace(text: &mut DataType, union: Reference) -> bool {
    // What is written down in place would take the union's name away.
    while let DataType::Reference(Reference::Named(NamedReference {
        inner: NamedReferenceType::Inline { dt, .. },
        ..
    })) = text
    {
        *text = (**dt).clone();
    }
    match text {
        DataType::Primitive(Primitive::str) => *text = union.into(),
        DataType::Nullable(inner) => return replace(inner, union),
        _ => return false,
    }
    true
}
