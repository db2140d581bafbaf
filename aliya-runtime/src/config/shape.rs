//! What values a balance table may have. `cargo xtask gen` makes it of the declaration; a file that
//! changes while the server runs is held against it.

/// The type of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A whole number of 64 bits; also an id, and a time in milliseconds since 1970 UTC.
    Int,
    /// A finite number.
    Float,
    /// `true` or `false`.
    Bool,
    /// Text without U+0000.
    Text,
    /// A player's id.
    Player,
    /// The name of a variant of an enum that travels as text.
    Choice(&'static [&'static str]),
    /// The name of a variant of an enum that travels as a number, and that number.
    Numbered(&'static [(&'static str, i64)]),
    /// A list.
    List(&'static Shape),
    /// Keys and values; keys are ints, texts, players or names of variants.
    Map(&'static Shape, &'static Shape),
    /// Named fields.
    Record(&'static [Field]),
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub shape: &'static Shape,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A balance table: its values stand in `<name>.yaml`.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub shape: &'static Shape,
}

impl Shape {
    /// What is expected, with its article, as it stands behind "expected".
    pub(super) fn expected(&self) -> String {
        match self {
            Self::Int => "a whole number".to_owned(),
            Self::Float => "a number".to_owned(),
            Self::Bool => "true or false".to_owned(),
            Self::Text => "a text".to_owned(),
            Self::Player => "a player's id".to_owned(),
            Self::Choice(names) => one_of(names.iter().copied()),
            Self::Numbered(names) => one_of(names.iter().map(|(name, _)| *name)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(..) => "a mapping".to_owned(),
            Self::Record(fields) => {
                let names: Vec<_> = fields.iter().map(|field| field.name).collect();
                format!("a mapping with {}", names.join(", "))
            }
        }
    }
}

/// `one of iron, coin`
fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<_> = names.collect();
    format!("one of {}", names.join(", "))
}
