//! The values of balance tables, held against their types. What a value may look like is decided by
//! [`aliya_values`], which servers read them with.

use aliya_values::{Word, fits, key_fits};

use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{EnumId, RecordId, Ty};
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Key, Kind, Node, Scalar, Style};

use super::declare::Declared;
use super::fields::Field;
use super::types;

/// Holds what the file of a table says against the table's type.
pub(super) fn check(
    names: &Declared,
    records: &[Vec<Field>],
    table: &Name,
    ty: &Ty,
    value: &Node,
    diagnostics: &mut Diagnostics,
) {
    let mut check = Check {
        names,
        records,
        diagnostics,
    };
    let at = At {
        path: format!("config.{}", table.value),
        declared: table.span,
        key: value.span,
    };
    check.value(ty, value, &at);
}

struct Check<'c, 'a> {
    names: &'c Declared<'a>,
    records: &'c [Vec<Field<'a>>],
    diagnostics: &'c mut Diagnostics,
}

/// A place in the values.
struct At {
    /// As an expression would read it: `config.stages[3].reward`.
    path: String,
    /// Where the type is declared.
    declared: Span,
    /// What to underline where nothing stands.
    key: Span,
}

impl At {
    fn within(&self, part: &str, key: Span) -> Self {
        Self {
            path: format!("{}{part}", self.path),
            declared: self.declared,
            key,
        }
    }
}

impl Check<'_, '_> {
    fn value(&mut self, ty: &Ty, node: &Node, at: &At) {
        match (&node.kind, ty) {
            (Kind::Broken, _) => {}
            (Kind::Empty, Ty::Optional(_)) => {}
            (Kind::Scalar(scalar), Ty::Optional(_)) if is_null(scalar) => {}
            (_, Ty::Optional(inner)) => self.value(inner, node, at),
            (Kind::Empty, _) => self.wrong(ty, at.key, "nothing", at, None),
            (Kind::Sequence(items), Ty::List(item)) => {
                for (place, node) in items.iter().enumerate() {
                    self.value(item, node, &at.within(&format!("[{place}]"), node.span));
                }
            }
            (Kind::Mapping(entries), Ty::Map(key, value)) => {
                for (name, node) in entries {
                    self.key(key, name, at);
                    let part = format!("[{}]", name.text);
                    self.value(value, node, &at.within(&part, name.span));
                }
            }
            (Kind::Mapping(entries), Ty::Named(id)) => self.record(*id, entries, node.span, at),
            (Kind::Scalar(scalar), _) if types::is_scalar(ty) => {
                self.scalar(ty, scalar, node.span, at);
            }
            (Kind::Scalar(scalar), _) => {
                let help = match ty {
                    Ty::List(_) => Some(format!("write `[{}]`", scalar.text)),
                    _ => None,
                };
                self.wrong(ty, node.span, "a single value", at, help);
            }
            (Kind::Sequence(_), _) => self.wrong(ty, node.span, "a list", at, None),
            (Kind::Mapping(_), _) => self.wrong(ty, node.span, "a mapping", at, None),
        }
    }

    fn record(&mut self, id: RecordId, entries: &[(Key, Node)], place: Span, at: &At) {
        let record = self.names.declared_record(id);
        let fields = &self.records[id.0];
        let mut misspelt = false;
        for (name, node) in entries {
            let Some(field) = fields.iter().find(|field| field.name() == name.text) else {
                misspelt = true;
                let help = did_you_mean(&name.text, fields.iter().map(Field::name));
                self.diagnostics
                    .error(
                        Code::ConfigUnknownField,
                        name.span,
                        format!("`{}` has no field `{}`", at.path, name.text),
                        "not a field",
                    )
                    .label(record.name.span, "declared here")
                    .maybe_help(help);
                continue;
            };
            if let Some(ty) = &field.ty {
                let part = At {
                    declared: field.ast.name.span,
                    ..at.within(&format!(".{}", name.text), name.span)
                };
                self.value(ty, node, &part);
            }
        }
        // One that is misspelt is not missing, too.
        for field in fields.iter().filter(|_| !misspelt) {
            let given = entries.iter().any(|(name, _)| name.text == field.name());
            if !given && !field.ast.optional {
                let first = entries.first().map_or(place, |(name, _)| name.span);
                self.diagnostics
                    .error(
                        Code::ConfigMissingField,
                        first,
                        format!("`{}` lacks the field `{}`", at.path, field.name()),
                        "lacks it",
                    )
                    .label(field.ast.name.span, "declared here")
                    .help(format!("add `{}: ...`", field.name()));
            }
        }
    }

    fn scalar(&mut self, ty: &Ty, scalar: &Scalar, place: Span, at: &At) {
        let text = scalar.text.as_str();
        let plain = scalar.style == Style::Plain;
        if let Ty::Enum(id) = ty {
            self.variant(*id, text, place);
            return;
        }
        let right = word(ty).is_none_or(|word| fits(word, text, plain));
        if right {
            return;
        }
        let number = is_int(text) || is_float(text);
        let without: String = text.chars().filter(|c| !matches!(c, ',' | '_')).collect();
        let help = match ty {
            Ty::Int | Ty::Time | Ty::Id | Ty::Float if !plain && number => {
                Some(format!("a number has no quotes: `{text}`"))
            }
            Ty::Int | Ty::Time | Ty::Id | Ty::Float if is_int(&without) => {
                Some(format!("write the digits alone: `{without}`"))
            }
            Ty::Int | Ty::Time | Ty::Id | Ty::Float if plain && decimal(text).is_some() => {
                decimal(text).map(|digits| format!("write it as `{digits}`"))
            }
            Ty::Int | Ty::Time | Ty::Id if plain && is_large(text) => {
                Some(format!("an int goes from {} to {}", i64::MIN, i64::MAX))
            }
            Ty::Time => Some("a time is a number of milliseconds since 1970 in UTC".to_owned()),
            Ty::Bool => Some("write `true` or `false`".to_owned()),
            Ty::Text | Ty::Player if plain => Some(format!("put it in quotes: `\"{text}\"`")),
            _ => None,
        };
        let is = match scalar.style {
            Style::Plain if is_int(text) => "an int",
            Style::Plain if is_large(text) => "more than an int holds",
            Style::Plain if is_float(text) => "a float",
            Style::Plain if matches!(text, "true" | "false") => "a bool",
            Style::Plain if is_null(scalar) => "nothing",
            _ => "a text",
        };
        self.wrong(ty, place, is, at, help);
    }

    /// The key of a map: YAML makes a text of any.
    fn key(&mut self, ty: &Ty, key: &Key, at: &At) {
        match ty {
            Ty::Enum(id) => self.variant(*id, &key.text, key.span),
            _ if word(ty).is_none_or(|word| key_fits(word, &key.text)) => {}
            _ => {
                let wants = types::describe(self.names, ty);
                let kind = match word(ty) {
                    Some(Word::Int) => "ints".to_owned(),
                    _ => format!("each {wants}"),
                };
                self.diagnostics
                    .error(
                        Code::ConfigType,
                        key.span,
                        format!("the keys of `{}` are {kind}, and this is none", at.path),
                        format!("not {wants}"),
                    )
                    .label(at.declared, "declared here");
            }
        }
    }

    fn variant(&mut self, id: EnumId, word: &str, place: Span) {
        if self.names.variant(id, word).is_some() {
            return;
        }
        let declared = self.names.declared_enum(id);
        let variants = declared.variants.iter().map(|v| v.name.value.as_str());
        self.diagnostics
            .error(
                Code::ConfigUnknownVariant,
                place,
                format!("`{}` has no variant `{word}`", declared.name.value),
                "not a variant",
            )
            .label(declared.name.span, "the enum")
            .maybe_help(did_you_mean(word, variants));
    }

    fn wrong(&mut self, ty: &Ty, place: Span, is: &str, at: &At, help: Option<String>) {
        let wants = types::describe(self.names, ty);
        self.diagnostics
            .error(
                Code::ConfigType,
                place,
                format!("`{}` wants {wants}, and this is {is}", at.path),
                format!("this is {is}"),
            )
            .label(at.declared, "declared here")
            .maybe_help(help);
    }
}

/// Whether YAML reads nothing there.
fn is_null(scalar: &Scalar) -> bool {
    aliya_values::is_null(&scalar.text, scalar.style == Style::Plain)
}

/// What is written in one word of that type; `None` of an enum, and of what has parts.
fn word(ty: &Ty) -> Option<Word> {
    Some(match ty {
        Ty::Int | Ty::Time | Ty::Id => Word::Int,
        Ty::Float => Word::Float,
        Ty::Bool => Word::Bool,
        Ty::Text => Word::Text,
        Ty::Player => Word::Player,
        _ => return None,
    })
}

/// Whether it is written as an int, and is none for its size alone.
fn is_large(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() > 18 && !is_int(text)
}

/// How a number is written here that stands there in another notation.
fn decimal(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let number = match digits.get(..2) {
        Some("0x") => i64::from_str_radix(digits.get(2..)?, 16).ok()?.to_string(),
        Some("0o") => i64::from_str_radix(digits.get(2..)?, 8).ok()?.to_string(),
        Some("0b") => i64::from_str_radix(digits.get(2..)?, 2).ok()?.to_string(),
        _ if digits == "0" || is_float(digits) && text.starts_with('+') => digits.to_owned(),
        _ => return None,
    };
    Some(match number.as_str() {
        "0" => number,
        number => format!("{sign}{number}"),
    })
}

fn is_int(text: &str) -> bool {
    fits(Word::Int, text, true)
}

fn is_float(text: &str) -> bool {
    fits(Word::Float, text, true)
}
