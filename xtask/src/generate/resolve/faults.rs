//! Where earlier stages found mistakes: what was dropped there is not called unknown here.

use std::collections::BTreeSet;

use crate::generate::ast::Document;
use crate::generate::diagnostic::{Diagnostics, Severity};
use crate::generate::source::{FileId, Name};

/// The mistakes of earlier stages, by the declaration in which they lie.
pub(super) struct Faults {
    /// Where the mistakes are.
    places: BTreeSet<(FileId, u32)>,
    /// Where declarations start: of enums, managers, tables and functions.
    starts: BTreeSet<(FileId, u32)>,
    /// Where managers start.
    managers: BTreeSet<(FileId, u32)>,
}

impl Faults {
    /// Takes what `diagnostics` holds so far.
    pub(super) fn new(documents: &[(FileId, Document)], diagnostics: &Diagnostics) -> Self {
        let start = |name: &Name| (name.span.file, name.span.start);
        let mut faults = Self {
            places: BTreeSet::new(),
            starts: BTreeSet::new(),
            managers: BTreeSet::new(),
        };
        let declares = |file: FileId| documents.iter().any(|(document, _)| *document == file);
        for diagnostic in diagnostics.iter() {
            let span = diagnostic.primary.span;
            // The values of balance tables declare nothing.
            if diagnostic.code.severity() == Severity::Error && declares(span.file) {
                faults.places.insert((span.file, span.start));
            }
        }
        for (_, document) in documents {
            for declared in &document.enums {
                faults.starts.insert(start(&declared.name));
            }
            for declared in &document.types {
                faults.starts.insert(start(&declared.name));
            }
            for declared in &document.config {
                faults.starts.insert(start(&declared.name));
            }
            for declared in &document.formulas {
                faults.starts.insert(start(&declared.name));
            }
            for manager in &document.managers {
                faults.managers.insert(start(&manager.name));
                faults.starts.insert(start(&manager.name));
                let tables = manager.tables.iter().map(|t| start(&t.name));
                let functions = manager.functions.iter().map(|f| start(&f.name));
                faults.starts.extend(tables.chain(functions));
            }
        }
        faults
    }

    /// Whether that name itself was said to be wrong, such as a key that stands there twice.
    pub(super) fn at(&self, name: &Name) -> bool {
        self.places.contains(&(name.span.file, name.span.start))
    }

    /// Whether something is wrong in the declaration of that name: up to where the next one starts.
    pub(super) fn in_declaration(&self, name: &Name) -> bool {
        self.between(name, &self.starts)
    }

    /// Whether something is wrong anywhere in the manager of that name.
    pub(super) fn in_manager(&self, name: &Name) -> bool {
        self.between(name, &self.managers)
    }

    /// Whether something is wrong outside of managers: where enums are declared, or the managers
    /// themselves.
    pub(super) fn in_types(&self) -> bool {
        let before_managers = |&(file, at): &(FileId, u32)| {
            let first = self.managers.range((file, 0)..).next();
            first.is_none_or(|&(other, manager)| other != file || at < manager)
        };
        self.places.iter().any(before_managers)
    }

    fn between(&self, name: &Name, starts: &BTreeSet<(FileId, u32)>) -> bool {
        let from = (name.span.file, name.span.start);
        let next = starts.range((from.0, from.1 + 1)..).next();
        let to = next
            .copied()
            .filter(|next| next.0 == from.0)
            .unwrap_or((from.0, u32::MAX));
        self.places.range(from..to).next().is_some()
    }
}
