//! Names: what they may look like, and lists of them.

use super::Reader;
use super::form::Entries;
use crate::generate::diagnostic::Code;
use crate::generate::expr::WORDS;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

/// The length that a name may have in every database.
const NAME_MAX_CHARS: usize = 63;

impl Reader<'_> {
    /// A name that refers to something or declares it; a bad one is reported and stands all the same.
    pub fn name(&mut self, node: &Node, what: &str, owner: Span) -> Option<Name> {
        let name = self.text(node, what, owner)?;
        self.check_name(&name.value, name.span, what);
        Some(name)
    }

    /// The name of a key that may be left out.
    pub fn name_of(&mut self, entries: &Entries<'_>, key: &str) -> Option<Name> {
        let (at, node) = entries.entry(key)?;
        self.name(node, &format!("`{key}`"), at.span)
    }

    /// The name that a step binds: expressions will read it.
    pub fn bind_of(&mut self, entries: &Entries<'_>) -> Option<Name> {
        let name = self.name_of(entries, "as")?;
        self.check_binder(&name);
        Some(name)
    }

    /// Reports a bound name that expressions could not read.
    pub fn check_binder(&mut self, name: &Name) {
        if WORDS.contains(&name.value.as_str()) {
            self.diagnostics.error(
                Code::BadName,
                name.span,
                format!("`{}` is a word of expressions", name.value),
                "cannot be a name here",
            );
        }
    }

    /// `manager.function` or `function`, for instance: names with a point between them.
    pub fn path(&mut self, node: &Node, what: &str, owner: Span) -> Option<Name> {
        let name = self.text(node, what, owner)?;
        if name.value.split('.').count() > 2 {
            self.diagnostics
                .error(
                    Code::BadName,
                    name.span,
                    format!("`{}` is no name for {what}", name.value),
                    "more than one point",
                )
                .help("write `manager.function`, or `function` for one of this manager's own");
        } else {
            for part in name.value.split('.') {
                self.check_name(part, name.span, what);
            }
        }
        Some(name)
    }

    /// Reports a name that is none.
    pub fn check_name(&mut self, name: &str, place: Span, what: &str) {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let label = if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            "does not begin with a letter"
        } else if !name.chars().all(letters) {
            "not only letters, digits and `_`"
        } else if name.len() > NAME_MAX_CHARS {
            "longer than 63 letters"
        } else {
            return;
        };
        self.diagnostics
            .error(
                Code::BadName,
                place,
                format!("`{}` is no name for {what}", name.escape_debug()),
                label,
            )
            .help(
                "a name is up to 63 letters from a to z, digits and `_`, and begins with a letter",
            );
    }

    /// Names in a list.
    pub fn names(&mut self, node: &Node, what: &str, item: &str, owner: Span) -> Vec<Name> {
        let items = self.sequence(node, what, owner).unwrap_or_default();
        let is_empty = matches!(&node.kind, Kind::Sequence(items) if items.is_empty());
        if is_empty {
            self.empty(node.span, what);
        }
        items
            .iter()
            .filter_map(|node| self.name(node, item, node.span))
            .collect()
    }
}
