//! A balance table's file, held against its type: from the tree that the generator reads, too, to the JSON
//! from which the game's own types are decoded.

use aliya_values::{Key, Kind, Node, Word, fits, is_null, key_fits, line_column};
use serde_json::{Number, Value};

use super::shape::{Field, Shape};
use crate::wire::Data;

/// What is wrong with a file, and where: line and column, both from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) place: Option<(usize, usize)>,
    pub(super) what: String,
}

/// Reads a table's values. `Err` says the first thing that is wrong.
pub(super) fn read(text: &str, shape: &'static Shape) -> Result<Value, Wrong> {
    let text = aliya_values::plain(text);
    let placed = |at: usize, what: String| Wrong {
        place: Some(line_column(&text, at)),
        what,
    };
    match aliya_values::read(&text) {
        Ok(Some(node)) => value(&node, shape).map_err(|mistake| placed(mistake.at, mistake.said())),
        Ok(None) => Err(placed(0, nothing(shape))),
        Err(refused) => Err(placed(refused.at, refused.what)),
    }
}

/// A value that is not what it should be: where it stands, the way to it, and what is wrong.
struct Mistake {
    at: usize,
    /// From the innermost: `[3]`, `.reward`.
    path: Vec<String>,
    what: String,
}

impl Mistake {
    fn new(at: usize, what: String) -> Self {
        Self {
            at,
            path: Vec::new(),
            what,
        }
    }

    fn within(mut self, part: String) -> Self {
        self.path.push(part);
        self
    }

    fn said(&self) -> String {
        let path: String = self.path.iter().rev().map(String::as_str).collect();
        match path.strip_prefix('.').unwrap_or(&path) {
            "" => self.what.clone(),
            path => format!("{path}: {}", self.what),
        }
    }
}

fn value(node: &Node, shape: &'static Shape) -> Result<Value, Mistake> {
    let wrong = |found: &str| {
        let what = format!("{found}, expected {}", shape.expected());
        Mistake::new(node.range.start, what)
    };
    match (&node.kind, shape) {
        (Kind::Empty, _) => Err(Mistake::new(node.range.start, nothing(shape))),
        (Kind::Sequence(items), Shape::List(item)) => list(items, item),
        (Kind::Sequence(_), _) => Err(wrong("this is a list")),
        (Kind::Mapping(entries), Shape::Map(key, value)) => map(entries, key, value),
        (Kind::Mapping(entries), Shape::Record(fields)) => record(node, entries, fields),
        (Kind::Mapping(_), _) => Err(wrong("this is a mapping")),
        (Kind::Scalar(text, true), _) if is_null(text, true) && !is_choice(shape) => {
            Err(Mistake::new(node.range.start, nothing(shape)))
        }
        (Kind::Scalar(text, plain), shape) => scalar(text, *plain, shape).ok_or_else(|| {
            let quoted = match plain {
                true => format!("`{text}`"),
                false => format!("the text \"{text}\""),
            };
            // Of all that is written as a whole number, only its size can be wrong.
            let digits = text.trim_start_matches('-');
            let large = matches!(shape, Shape::Int) && digits.len() > 18 && *plain;
            let expected = match large && digits.bytes().all(|b| b.is_ascii_digit()) {
                true => "a whole number of 64 bits".to_owned(),
                false => shape.expected(),
            };
            Mistake::new(node.range.start, format!("{quoted} is not {expected}"))
        }),
    }
}

fn list(items: &[Node], item: &'static Shape) -> Result<Value, Mistake> {
    let items = items.iter().enumerate().map(|(place, node)| {
        value(node, item).map_err(|mistake| mistake.within(format!("[{place}]")))
    });
    items.collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn map(
    entries: &[(Key, Node)],
    key_shape: &'static Shape,
    shape: &'static Shape,
) -> Result<Value, Mistake> {
    let mut map = Data::new();
    for (name, node) in entries {
        let key = key(&name.text, key_shape).ok_or_else(|| {
            let what = format!("`{}` is not {}", name.text, key_shape.expected());
            Mistake::new(name.range.start, what)
        })?;
        let value = value(node, shape).map_err(|mistake| mistake.within(format!(".{}", name.text)));
        map.insert(key, value?);
    }
    Ok(Value::Object(map))
}

fn record(
    node: &Node,
    entries: &[(Key, Node)],
    fields: &'static [Field],
) -> Result<Value, Mistake> {
    let mut record = Data::new();
    for (name, node) in entries {
        let Some(field) = fields.iter().find(|field| field.name == name.text) else {
            let known = Shape::Record(fields).expected();
            let what = format!("there is no field `{}`, expected {known}", name.text);
            return Err(Mistake::new(name.range.start, what));
        };
        let is_absent = match &node.kind {
            Kind::Empty => true,
            Kind::Scalar(text, plain) => is_null(text, *plain),
            _ => false,
        };
        if field.optional && is_absent {
            continue;
        }
        let value = value(node, field.shape);
        let value = value.map_err(|mistake| mistake.within(format!(".{}", field.name)))?;
        record.insert(field.name.to_owned(), value);
    }
    let is_given = |field: &Field| entries.iter().any(|(name, _)| name.text == field.name);
    let lacks = fields
        .iter()
        .find(|field| !field.optional && !is_given(field));
    match lacks {
        Some(field) => {
            let what = format!("the field `{}` is missing", field.name);
            Err(Mistake::new(node.range.start, what))
        }
        None => Ok(Value::Object(record)),
    }
}

/// A single value; `None` where it is not of the shape.
fn scalar(text: &str, plain: bool, shape: &'static Shape) -> Option<Value> {
    let word = match shape {
        Shape::Choice(_) | Shape::Numbered(_) => return variant(text, shape),
        Shape::Int => Word::Int,
        Shape::Float => Word::Float,
        Shape::Bool => Word::Bool,
        Shape::Text => Word::Text,
        Shape::Player => Word::Player,
        Shape::List(_) | Shape::Map(..) | Shape::Record(_) => return None,
    };
    if !fits(word, text, plain) {
        return None;
    }
    match word {
        Word::Int => Some(Value::from(text.parse::<i64>().ok()?)),
        Word::Float => Some(Value::Number(Number::from_f64(text.parse().ok()?)?)),
        Word::Bool => Some(Value::from(text == "true")),
        Word::Text | Word::Player => Some(Value::from(text)),
    }
}

/// The key of a map, as JSON has it; `None` where it is not of the shape.
fn key(text: &str, shape: &'static Shape) -> Option<String> {
    match shape {
        Shape::Int => {
            let value: Option<i64> = text.parse().ok();
            value
                .filter(|_| key_fits(Word::Int, text))
                .map(|value| value.to_string())
        }
        Shape::Text => key_fits(Word::Text, text).then(|| text.to_owned()),
        Shape::Player => key_fits(Word::Player, text).then(|| text.to_owned()),
        Shape::Choice(_) | Shape::Numbered(_) => match variant(text, shape)? {
            Value::String(name) => Some(name),
            number => Some(number.to_string()),
        },
        _ => None,
    }
}

/// What the variant of that name travels as.
fn variant(name: &str, shape: &'static Shape) -> Option<Value> {
    match shape {
        Shape::Choice(names) => names.contains(&name).then(|| Value::from(name)),
        Shape::Numbered(names) => {
            let found = names.iter().find(|(known, _)| *known == name)?;
            Some(Value::from(found.1))
        }
        _ => None,
    }
}

/// Whether a value is a word of the game's, which may be one that YAML takes for nothing.
fn is_choice(shape: &Shape) -> bool {
    matches!(shape, Shape::Choice(_) | Shape::Numbered(_))
}

fn nothing(shape: &'static Shape) -> String {
    format!("nothing stands there, expected {}", shape.expected())
}

#[cfg(test)]
mod tests {
    use crate::types::PlayerId;

    #[test]
    fn a_player_s_id_has_one_length() {
        assert_eq!(aliya_values::PLAYER_MAX_CHARS, PlayerId::MAX_CHARS);
    }
}
