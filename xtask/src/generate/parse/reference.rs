//! `references` of a table, and `was`: what a declaration says of other rows and of its own past.

use super::Reader;
use super::form::{Entries, Form};
use crate::generate::ast::Reference;
use crate::generate::source::{Name, Span};
use crate::generate::yaml::{Kind, Node};

pub(super) const REFERENCE: Form = Form {
    what: "a reference",
    keys: &["columns", "table", "to"],
    later: &[],
};

/// How one is written.
const EXAMPLE: &str = "write `- { columns: [family], table: family }`";

impl Reader<'_> {
    /// `references: [{ columns: [a], table: other, to: [b] }]`
    pub fn references(&mut self, entries: &Entries<'_>) -> Vec<Reference> {
        let Some((key, node)) = entries.entry("references") else {
            return Vec::new();
        };
        if let Kind::Mapping(_) | Kind::Scalar(_) = node.kind {
            self.wrong_shape(node, "`references`", "a list")
                .push_str(EXAMPLE);
            return Vec::new();
        }
        let items = self.sequence(node, "`references`", key.span);
        let items = items.unwrap_or_default();
        if items.is_empty() && node.kind != Kind::Empty {
            self.empty(node.span, "`references`");
        }
        items
            .iter()
            .filter_map(|item| self.reference(item, key.span))
            .collect()
    }

    fn reference(&mut self, node: &Node, owner: Span) -> Option<Reference> {
        if let Kind::Sequence(_) | Kind::Scalar(_) = node.kind {
            self.wrong_shape(node, "an item of `references`", "a mapping")
                .push_str(EXAMPLE);
            return None;
        }
        let entries = self.mapping(node, "an item of `references`", owner)?;
        self.check_keys(entries, &REFERENCE);
        let entries = self.unchecked(entries, "references", node.span);
        let columns = match entries.entry("columns") {
            Some((at, node)) => Some(self.names(node, "`columns`", "a column", at.span)),
            None => {
                let help = "name the columns that say which row is meant: `columns: [family]`";
                self.missing(&entries, "columns", help);
                None
            }
        };
        let table = match entries.entry("table") {
            Some((at, node)) => self.name(node, "a table", at.span),
            None => {
                self.missing(&entries, "table", "name the table: `table: family`");
                None
            }
        };
        let to = entries
            .entry("to")
            .map(|(at, node)| self.names(node, "`to`", "a column", at.span));
        Some(Reference {
            columns: columns.filter(|columns| !columns.is_empty())?,
            table: table?,
            to: match to {
                Some(to) => Some(Some(to).filter(|to| !to.is_empty())?),
                None => None,
            },
            span: node.span,
        })
    }

    /// `was: old_name`
    pub fn was(&mut self, entries: &Entries<'_>) -> Option<Name> {
        self.name_of(entries, "was")
    }
}
