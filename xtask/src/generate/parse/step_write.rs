//! The steps that write rows: `save` and `insert`.

use super::Reader;
use super::form::Entries;
use super::step::is_empty_mapping;
use crate::generate::ast::{Assign, Duplicate, StepKind};
use crate::generate::diagnostic::Code;
use crate::generate::yaml::Node;

impl Reader<'_> {
    pub fn save(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let set = self.set(parts);
        Some(StepKind::Save {
            row: self.name(value, "a row", parts.place)?,
            set: set?,
        })
    }

    pub fn insert(&mut self, parts: &Entries<'_>, value: &Node) -> Option<StepKind> {
        let set = self.set(parts);
        let duplicate = self.when_duplicate(parts);
        let data = self.data_of(parts);
        let bind = self.bind_of(parts);
        if let Some((key, node)) = parts.entry("each") {
            return Some(StepKind::InsertEach {
                table: self.name(value, "a table", parts.place)?,
                each: self.each_of(node, "`each`", key.span)?,
                set: set?,
                duplicate,
                data,
                bind,
            });
        }
        if let (Duplicate::Ignore(place), Some(bind)) = (&duplicate, &bind) {
            self.diagnostics
                .error(
                    Code::Contradiction,
                    bind.span,
                    "`as` and `or: ignore` exclude each other",
                    "where the row is there already, nothing is bound",
                )
                .label(*place, "ignored here");
        }
        Some(StepKind::Insert {
            table: self.name(value, "a table", parts.place)?,
            set: set?,
            duplicate,
            data,
            bind,
        })
    }

    /// `set: { column: value }`; an `insert` may leave all to defaults. `None` was reported.
    pub fn set(&mut self, parts: &Entries<'_>) -> Option<Vec<Assign>> {
        match parts.entry("set") {
            Some((_, node)) if parts.get("insert").is_some() && is_empty_mapping(node) => {
                Some(Vec::new())
            }
            Some((key, node)) => {
                let set = self.assigns(node, "`set`", "a column", key.span);
                Some(set).filter(|set| !set.is_empty())
            }
            None => {
                self.missing(parts, "set", "name columns and values: `set: { level: 1 }`");
                None
            }
        }
    }

    fn when_duplicate(&mut self, parts: &Entries<'_>) -> Duplicate {
        self.not_both(parts, "else", "or");
        if parts.get("else").is_some() {
            return self
                .name_of(parts, "else")
                .map_or(Duplicate::Unsaid, Duplicate::Error);
        }
        let Some((key, node)) = parts.entry("or") else {
            return Duplicate::Unsaid;
        };
        match self.word(node, "`or` of `insert`", key.span, &["ignore", "replace"]) {
            Some(0) => Duplicate::Ignore(node.span),
            Some(_) => Duplicate::Replace(node.span),
            None => Duplicate::Unsaid,
        }
    }
}
