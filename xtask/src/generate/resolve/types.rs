//! Types as designers write them, and as people read them in a message.

use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::Ty;
use crate::generate::source::Name;

use super::declare::Declared;

/// The types that need no declaration.
const BUILT_IN: [(&str, Ty); 7] = [
    ("int", Ty::Int),
    ("float", Ty::Float),
    ("bool", Ty::Bool),
    ("text", Ty::Text),
    ("time", Ty::Time),
    ("player", Ty::Player),
    ("id", Ty::Id),
];

/// The types that need no declaration, as they are written. For what describes the language elsewhere,
/// so that it misses none.
pub fn built_in_types() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// Words that a type begins with, and that therefore no enum can be called.
pub(super) fn is_type_word(name: &str) -> bool {
    matches!(name, "list" | "map") || BUILT_IN.iter().any(|(word, _)| *word == name)
}

/// Whether values of it are one plain thing: what a column or the item of a list can be.
pub(super) fn is_scalar(ty: &Ty) -> bool {
    matches!(
        ty,
        Ty::Int | Ty::Float | Ty::Bool | Ty::Text | Ty::Time | Ty::Player | Ty::Id | Ty::Enum(_)
    )
}

/// Whether it is, or holds, a mapping or a list of fixed length out of a reply: each function's reply
/// has types of its own for these, even where they look alike.
pub(super) fn has_shape(ty: &Ty) -> bool {
    match ty {
        Ty::Record(_) | Ty::Tuple(_) => true,
        Ty::List(inner) | Ty::Optional(inner) => has_shape(inner),
        _ => false,
    }
}

/// Whether `<` means something: on an enum, the order of its numbers or of its declaration.
pub(super) fn is_ordered(ty: &Ty) -> bool {
    is_scalar(ty) && !matches!(ty, Ty::Bool | Ty::Player)
}

/// Whether it can be added and multiplied.
pub(super) fn is_number(ty: &Ty) -> bool {
    matches!(ty, Ty::Int | Ty::Float)
}

/// What is there where an optional is; any other type as it is.
pub(super) fn present(ty: &Ty) -> &Ty {
    match ty {
        Ty::Optional(inner) => inner,
        _ => ty,
    }
}

/// The type, and the same that may be absent.
pub(super) fn optional(ty: Ty) -> Ty {
    match ty {
        Ty::Optional(_) => ty,
        _ => Ty::Optional(Box::new(ty)),
    }
}

/// Whether values of it are made of plain things alone, so that they travel and can be stored.
pub(super) fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::List(item) => is_plain(item),
        Ty::Map(key, value) => is_key(key) && is_plain(value),
        Ty::Record(fields) => fields.iter().all(|(_, ty)| is_plain(present(ty))),
        Ty::Named(_) => true,
        _ => is_scalar(ty),
    }
}

/// Whether values of it can be parts of replies: plain ones, replies, and what is made of these.
pub(super) fn can_travel(ty: &Ty) -> bool {
    match ty {
        Ty::Reply(_) => true,
        Ty::List(item) => can_travel(item),
        Ty::Map(key, value) => is_key(key) && can_travel(value),
        Ty::Record(fields) => fields.iter().all(|(_, ty)| can_travel(present(ty))),
        _ => is_plain(ty),
    }
}

/// Whether a column holds it as the text of its JSON.
pub(super) fn is_json(ty: &Ty) -> bool {
    matches!(ty, Ty::List(_) | Ty::Map(..) | Ty::Named(_))
}

/// Whether it can be the key of a map: what is text or an integer on the wire.
pub(super) fn is_key(ty: &Ty) -> bool {
    is_scalar(ty) && !matches!(ty, Ty::Bool | Ty::Float)
}

/// The type that is written there; what is none is said. An empty one was reported.
pub(super) fn parse(names: &Declared, written: &Name, diagnostics: &mut Diagnostics) -> Option<Ty> {
    let words: Vec<&str> = written.value.split_whitespace().collect();
    parse_words(names, written, &words, diagnostics)
}

fn parse_words(
    names: &Declared,
    written: &Name,
    words: &[&str],
    diagnostics: &mut Diagnostics,
) -> Option<Ty> {
    match words {
        // The form was checked before.
        [] => None,
        ["list", item @ ..] => {
            let item = parse_words(names, written, item, diagnostics)?;
            Some(Ty::List(Box::new(item)))
        }
        ["map", key, value @ ..] => {
            let key = scalar(names, written, key, diagnostics);
            let value = parse_words(names, written, value, diagnostics);
            let (key, value) = (key?, value?);
            if !is_key(&key) {
                let is = describe(names, &key);
                diagnostics
                    .error(
                        Code::BadDeclaration,
                        written.span,
                        format!("the key of a map cannot be {is}"),
                        format!("its key is {is}"),
                    )
                    .help("take an int, a text, a player, an id, a time or an enum");
                return None;
            }
            Some(Ty::Map(Box::new(key), Box::new(value)))
        }
        [word, ..] => scalar(names, written, word, diagnostics),
    }
}

fn scalar(
    names: &Declared,
    written: &Name,
    word: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Ty> {
    if let Some((_, ty)) = BUILT_IN.iter().find(|(name, _)| *name == word) {
        return Some(ty.clone());
    }
    if let Some(id) = names.enum_id(word) {
        return Some(Ty::Enum(id));
    }
    if let Some(id) = names.record_id(word) {
        return Some(Ty::Named(id));
    }
    if !names.faults.in_types() {
        let types = BUILT_IN.iter().map(|(name, _)| *name);
        let help = match other_language(word) {
            Some(ours) => Some(format!("did you mean `{ours}`?")),
            None => did_you_mean(
                word,
                types
                    .chain(names.enum_names())
                    .chain(names.records.iter().map(|r| r.name.value.as_str()))
                    // Those of balance tables cannot be named.
                    .filter(|name| !name.contains('.')),
            ),
        };
        diagnostics
            .error(
                Code::UnknownType,
                written.span,
                format!("there is no type `{word}`"),
                "neither a type of the language nor an enum or a record",
            )
            .maybe_help(help);
    }
    None
}

/// What other languages call the types.
fn other_language(word: &str) -> Option<&'static str> {
    Some(match word {
        "integer" | "number" | "long" | "i64" | "bigint" => "int",
        "double" | "real" | "decimal" | "f64" => "float",
        "boolean" => "bool",
        "string" | "str" | "varchar" => "text",
        "date" | "datetime" | "timestamp" => "time",
        "user" => "player",
        _ => return None,
    })
}

/// What to write for a list of a fixed length that another function replies.
pub(super) const NAME_PARTS: &str =
    "let the function that replies it give its parts names: `{ item: ..., amount: ... }`";

/// So many parts of a list of a fixed length are said, each for itself.
const PARTS_SAID: usize = 3;

/// The type in words, with its article: "an int", "a list of texts".
pub(super) fn describe(names: &Declared, ty: &Ty) -> String {
    match ty {
        Ty::Int => "an int".to_owned(),
        Ty::Float => "a float".to_owned(),
        Ty::Bool => "a bool".to_owned(),
        Ty::Text => "a text".to_owned(),
        Ty::Time => "a time".to_owned(),
        Ty::Player => "a player".to_owned(),
        Ty::Id => "an id".to_owned(),
        Ty::Enum(id) => format!("a `{}`", names.declared_enum(*id).name.value),
        Ty::List(item) => format!("a list of {}", describe_many(names, item)),
        Ty::Optional(inner) => format!("{} that may be absent", describe(names, inner)),
        Ty::Row(table) => format!("a row of `{}`", names.table_name(*table)),
        Ty::Reply(function) => format!("the reply of `{}`", names.full_name(*function)),
        Ty::Record(_) => "a mapping".to_owned(),
        Ty::Tuple(items) if items.is_empty() => "an empty list".to_owned(),
        Ty::Tuple(items) if items.len() > PARTS_SAID => format!("a list of {}", items.len()),
        Ty::Tuple(items) => {
            let parts: Vec<_> = items.iter().map(|item| describe(names, item)).collect();
            format!("a list of {} ({})", items.len(), parts.join(", "))
        }
        Ty::Named(id) => format!("a `{}`", names.declared_record(*id).name.value),
        Ty::Map(key, value) => format!(
            "a map of {} to {}",
            describe_many(names, key),
            describe_many(names, value)
        ),
    }
}

/// Several values of the type in words.
fn describe_many(names: &Declared, ty: &Ty) -> String {
    match ty {
        Ty::Enum(id) => format!("`{}`", names.declared_enum(*id).name.value),
        Ty::Row(table) => format!("rows of `{}`", names.table_name(*table)),
        Ty::Reply(function) => format!("replies of `{}`", names.full_name(*function)),
        Ty::Optional(inner) => format!("{} that may be absent", describe_many(names, inner)),
        Ty::List(item) => format!("lists of {}", describe_many(names, item)),
        Ty::Tuple(items) => format!("lists of {}", items.len()),
        Ty::Record(_) => "mappings".to_owned(),
        Ty::Map(..) => "maps".to_owned(),
        Ty::Named(id) => format!("`{}`", names.declared_record(*id).name.value),
        _ => {
            let one = describe(names, ty);
            format!(
                "{}s",
                one.split_once(' ').map_or(one.as_str(), |(_, noun)| noun)
            )
        }
    }
}
