//! What becomes of a table's references to others of its manager.

use std::collections::BTreeMap;

use super::columns;
use super::plan::{Class, Line};
use super::snapshot::{Reference, Table, Tables};

/// The old tables' names and those of their columns, as they are called now.
pub struct Renames<'t> {
    old: &'t Tables,
    new: &'t Tables,
    /// Old name and new name.
    tables: BTreeMap<&'t str, &'t str>,
}

impl<'t> Renames<'t> {
    /// `sources`: the old table that each of the new ones was.
    pub fn new(
        old: &'t Tables,
        new: &'t Tables,
        sources: &BTreeMap<&'t str, Option<&'t str>>,
    ) -> Self {
        let tables = sources.iter();
        let tables = tables.filter_map(|(new, old)| Some(((*old)?, *new)));
        Self {
            old,
            new,
            tables: tables.collect(),
        }
    }

    /// A reference of the old `table` as it is said now; `None` where a part of it is dropped.
    fn now(&self, table: &str, reference: &Reference) -> Option<Reference> {
        let columns = |table: &str, names: &[String]| {
            let tables = self.old.get(table).zip(self.table(table));
            let tables = tables.and_then(|(old, new)| Some((old, self.new.get(new)?)));
            match tables {
                Some((old, new)) => columns::renamed(old, new, &columns::sources(old, new), names),
                None => None,
            }
        };
        let other = reference.table.as_str();
        Some(Reference {
            columns: columns(table, &reference.columns)?,
            table: self.table(other)?.to_owned(),
            to: columns(other, &reference.to)?,
        })
    }

    fn table(&self, old: &str) -> Option<&'t str> {
        self.tables.get(old).copied()
    }
}

/// The lines of the references of a table that was `old_name`.
pub fn lines(renames: &Renames<'_>, old_name: &str, old: &Table, new: &Table) -> Vec<Line> {
    let kept = old.references.iter();
    let kept: Vec<_> = kept.filter_map(|it| renames.now(old_name, it)).collect();
    let mut lines = Vec::new();
    let mut add = |class, name: String, what| {
        lines.push(Line {
            class,
            what,
            name,
            refused: None,
        });
    };
    for it in new.references.iter().filter(|it| !kept.contains(it)) {
        let what = format!(
            "{} must name a row of `{}`: a row that names none stops the migration",
            columns::set(&it.columns),
            it.table
        );
        add(Class::Rewrites, format!("refer_to_{}", it.table), what);
    }
    for it in kept.iter().filter(|it| !new.references.contains(it)) {
        let what = format!(
            "{} need not name a row of `{}` any more",
            columns::set(&it.columns),
            it.table
        );
        add(Class::Safe, format!("no_reference_to_{}", it.table), what);
    }
    if lines.is_empty() && !same(&old.references, &new.references) {
        lines.push(Line {
            class: Class::Safe,
            what: "its references follow the new names".to_owned(),
            name: format!("references_of_{old_name}"),
            refused: None,
        });
    }
    lines
}

/// Whether they are the same, in any order.
pub fn same(some: &[Reference], others: &[Reference]) -> bool {
    some.len() == others.len() && some.iter().all(|it| others.contains(it))
}
