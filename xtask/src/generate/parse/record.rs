//! Records of `types:`, and types as they are written.

use super::Reader;
use super::form::Form;
use crate::generate::ast::RecordType;
use crate::generate::diagnostic::Code;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::Node;

pub(super) const FIELD: Form = Form {
    what: "a field of a record",
    keys: &["type", "optional", "doc"],
    elsewhere: &[],
};

/// A type is written with so many words at most, such as `map int list reward`.
const TYPE_WORDS_MAX: usize = 8;

impl Reader<'_> {
    /// `types:`
    pub fn types(&mut self, node: &Node, owner: Span) -> Vec<RecordType> {
        self.named(node, "`types`", "a record", owner)
            .into_iter()
            .map(|(name, node)| {
                let what = format!("the record `{}`", name.value);
                let fields = self.named(node, &what, "a field", name.span).into_iter();
                let fields = fields.map(|(field, node)| self.field(field, node, &FIELD).0);
                RecordType {
                    fields: fields.collect(),
                    name,
                }
            })
            .collect()
    }

    /// `int`, `list int`, `map int list reward`; empty where it was reported.
    pub(super) fn type_name(&mut self, node: &Node, owner: Span) -> Name {
        self.written_type(node, owner).unwrap_or(Name {
            value: String::new(),
            span: node.span,
        })
    }

    fn written_type(&mut self, node: &Node, owner: Span) -> Option<Name> {
        let mut ty = self.text(node, "a type", owner)?;
        let words: Vec<&str> = ty.value.split_whitespace().collect();
        if words.is_empty() {
            self.empty(node.span, "a type");
            return None;
        }
        let mut rest = words.as_slice();
        loop {
            rest = match rest {
                ["list", inner @ ..] => inner,
                ["map", key, inner @ ..] if !is_container(key) => {
                    self.check_name(key, node.span, "a type");
                    inner
                }
                [item] if !is_container(item) => {
                    let told = self.diagnostics.len();
                    match of_other_form(item) {
                        Some(help) => {
                            let message = format!("`{item}` is no name for a type");
                            self.diagnostics
                                .error(Code::BadName, node.span, message, "more than a name")
                                .help(help);
                        }
                        None => self.check_name(item, node.span, "a type"),
                    }
                    if self.diagnostics.len() > told {
                        // What is no name is no type's: it is not looked for.
                        return None;
                    }
                    break;
                }
                _ => {
                    let help =
                        self.wrong_shape(node, "a type", "`int`, `list int` or `map text int`");
                    help.push_str(match words.as_slice() {
                        [.., "list"] => "say what it is a list of, as in `list int`",
                        [.., "map"] | [.., "map", _] => {
                            "say the types of its keys and of its values, as in `map text int`"
                        }
                        _ => "such as `int`, `supply_kind`, `list int` or `map text int`",
                    });
                    return None;
                }
            };
        }
        if words.len() > TYPE_WORDS_MAX {
            self.wrong_shape(node, "a type", "shorter")
                .push_str("declare the inner part under `types:` and name it here");
            return None;
        }
        ty.value = words.join(" ");
        Some(ty)
    }
}

fn is_container(word: &str) -> bool {
    matches!(word, "list" | "map")
}

/// How a type is written that has the form of another language's: `text(32)`, `int[]`, `int?`.
fn of_other_form(word: &str) -> Option<String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if let Some(item) = word.strip_suffix("[]").filter(|item| is_name(item)) {
        return Some(format!("write `list {item}`"));
    }
    if let Some(item) = word.strip_suffix('?').filter(|item| is_name(item)) {
        return Some(format!("write `{{ type: {item}, optional: true }}`"));
    }
    let (item, length) = word.strip_suffix(')')?.split_once('(')?;
    is_name(item).then(|| format!("write `{{ type: {item}, max: {length} }}`"))
}
