//! The field registry: what a field is and what may be done with it.
//!
//! A kind of record declares its fields once, as constants of [`Field`]. Forms, filters, columns, import mapping,
//! export headers, audit labels and the types of the UI read these declarations; nothing else lists fields by hand.

use crate::kind::RecordKind;
use crate::value::Value;
use serde::Serialize;
use specta::Type;

/// What kind of value a field holds, with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FieldType {
    /// One line of at most `max` characters.
    Text {
        /// Longest allowed text, in characters.
        max: u32,
    },
    /// Several lines of at most `max` characters.
    LongText {
        /// Longest allowed text, in characters.
        max: u32,
    },
    /// An e-mail address.
    Email,
    /// A phone number as people write it.
    Phone,
    /// A web address.
    Url,
    /// One of the given keys; their words are in the catalogue.
    Choice {
        /// The keys, in the order they are offered.
        choices: &'static [&'static str],
    },
    /// Another record.
    Reference {
        /// The kind of the record referred to.
        kind: RecordKind,
    },
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A calendar day.
    Date,
    /// A moment in time.
    Moment,
    /// Several short texts.
    List,
}

impl FieldType {
    /// Whether a value is of this type: what a column or a form of it takes at all. Nothing is of every type.
    pub fn takes(self, value: &Value) -> bool {
        match value {
            Value::Empty => true,
            Value::Text(_) => matches!(
                self,
                FieldType::Text { .. }
                    | FieldType::LongText { .. }
                    | FieldType::Email
                    | FieldType::Phone
                    | FieldType::Url
                    | FieldType::Choice { .. }
                    | FieldType::Date
            ),
            Value::Flag(_) => self == FieldType::Flag,
            Value::Number(_) => self == FieldType::Number,
            Value::Moment(_) => self == FieldType::Moment,
            Value::Reference(_) => matches!(self, FieldType::Reference { .. }),
            Value::List(_) => self == FieldType::List,
        }
    }
}

/// Where a field stands on forms and profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldGroup {
    /// Who it is.
    Name,
    /// Position and employer.
    Work,
    /// Phones and e-mail addresses.
    Reach,
    /// Postal address.
    Address,
    /// Websites and profiles.
    Online,
    /// Free text and labels.
    About,
    /// What the desk decided: approval, visibility, source.
    Status,
    /// A second postal address.
    HomeAddress,
    /// When and where something takes place.
    Schedule,
    /// What staff defined.
    Attributes,
}

/// Who may see a field of a record they see (M12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Staff only.
    Staff,
    /// Everybody who sees the record: what stands on a business card.
    Everybody,
}

/// The declaration of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Identity of the field in the journal and on the wire; never reused, never changed.
    pub number: u16,
    /// Name in SQL, in TypeScript, in filters and on the command line.
    pub key: &'static str,
    /// English name, for file headers and the command line; the UI's catalogue translates the key.
    pub label: &'static str,
    /// The type of its value.
    pub field_type: FieldType,
    /// Where it stands on forms.
    pub group: FieldGroup,
    /// Must have a value.
    pub required: bool,
    /// People may change it on the form (what review decides or the system sets is not edited this way).
    pub editable: bool,
    /// Can be the target of an import column.
    pub importable: bool,
    /// Can be filtered by.
    pub filterable: bool,
    /// Can be sorted by.
    pub sortable: bool,
    /// Search-as-you-type finds the record by it.
    pub searchable: bool,
    /// Can be set on many records at once.
    pub bulk_editable: bool,
    /// Follows the employer account or the linked user while AutoSync is on (M19).
    pub auto_synced: bool,
    /// Who may see it.
    pub audience: Audience,
}

impl Field {
    /// A field people can edit, filter and sort by, and import.
    pub const fn new(
        number: u16,
        key: &'static str,
        label: &'static str,
        group: FieldGroup,
        field_type: FieldType,
    ) -> Field {
        Field {
            number,
            key,
            label,
            field_type,
            group,
            required: false,
            editable: true,
            importable: true,
            filterable: true,
            sortable: true,
            searchable: false,
            bulk_editable: false,
            auto_synced: false,
            audience: Audience::Staff,
        }
    }

    /// One line of text, at most 200 characters.
    pub const fn text(number: u16, key: &'static str, label: &'static str, group: FieldGroup) -> Field {
        Field::new(number, key, label, group, FieldType::Text { max: 200 })
    }

    /// A field the program sets itself: neither edited nor imported.
    pub const fn system(number: u16, key: &'static str, label: &'static str, field_type: FieldType) -> Field {
        let mut field = Field::new(number, key, label, FieldGroup::Status, field_type);
        field.editable = false;
        field.importable = false;
        field
    }

    /// Marks the field as required.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Lets search-as-you-type find records by it.
    pub const fn searchable(mut self) -> Field {
        self.searchable = true;
        self
    }

    /// Lets it be set on many records at once.
    pub const fn bulk(mut self) -> Field {
        self.bulk_editable = true;
        self
    }

    /// Lets it follow the employer account or the linked user.
    pub const fn auto_synced(mut self) -> Field {
        self.auto_synced = true;
        self
    }

    /// Lets everybody see it who sees the record.
    pub const fn on_card(mut self) -> Field {
        self.audience = Audience::Everybody;
        self
    }

    /// Keeps it out of imports.
    pub const fn not_imported(mut self) -> Field {
        self.importable = false;
        self
    }

    /// Lets it come with an import although people don't edit it on the form.
    pub const fn imported(mut self) -> Field {
        self.importable = true;
        self
    }

    /// Keeps it out of filters and sorting.
    pub const fn hidden(mut self) -> Field {
        self.filterable = false;
        self.sortable = false;
        self
    }

    /// True for a field that is computed from other records and not stored.
    pub const fn is_computed(&self) -> bool {
        self.number == 0
    }

    /// True for a field that staff defined.
    pub const fn is_attribute(&self) -> bool {
        self.number >= ATTRIBUTE_FIRST
    }

    /// The place of its value in [`crate::Record::values`]. Computed fields and custom attributes have none.
    pub const fn index(&self) -> usize {
        self.number as usize - 1
    }
}

/// Number of the first custom attribute; declared fields stay far below (see [`crate::attribute`]).
pub const ATTRIBUTE_FIRST: u16 = 1000;

/// Declares the fields of a kind as constants, and `FIELDS`, the list of them: number `n` is at index `n - 1`.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $field:expr;)*) => {
        $($(#[$doc])* pub const $name: Field = $field;)*
        /// Every field of this kind; number `n` is at index `n - 1`.
        pub static FIELDS: &[&Field] =
            &[&$crate::field::DELETED_AT, &$crate::field::CREATED_AT, $(&$name),*];
    };
}
pub(crate) use fields;

/// When a record was deleted; empty while it is alive. Number 1 of every kind.
pub const DELETED_AT: Field = Field::system(1, "deleted_at", "Deleted", FieldType::Moment).hidden();
/// When a record was created. Number 2 of every kind.
pub const CREATED_AT: Field = Field::system(2, "created_at", "Added", FieldType::Moment);
