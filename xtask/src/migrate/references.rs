//! What becomes of a table's references to others of its manager.

use std::collections::BTreeMap;

use super::columns;
use super::databases::Each;
use super::plan::{Class, Line, Referring};
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

    /// The references that must be taken off before the tables of `manager` change, and those that are
    /// put on afterwards.
    pub fn moved(&self, manager: &str) -> (Vec<Referring>, Vec<Referring>) {
        let of = |table: &str, reference: &Reference, is_new| Referring {
            manager: manager.to_owned(),
            table: table.to_owned(),
            reference: reference.clone(),
            is_new,
        };
        let all = |tables: &'t Tables| {
            let all = tables.iter();
            all.flat_map(|(name, table)| table.references.iter().map(move |it| (name, it)))
        };
        let off = all(self.old).filter(|(table, it)| !self.stays(table, it));
        let on = all(self.new).filter(|(table, it)| {
            let before = self.old.get(*table).map(|old| &old.references);
            !(before.is_some_and(|before| before.contains(it)) && self.stays(table, it))
        });
        let was = |table: &str, reference: &Reference| {
            let mut same = all(self.old).filter(|(old, _)| self.table(old) == Some(table));
            same.any(|(old, it)| self.now(old, it).as_ref() == Some(reference))
        };
        (
            off.map(|(table, it)| of(table, it, false)).collect(),
            on.map(|(table, it)| of(table, it, !was(table, it)))
                .collect(),
        )
    }

    /// Whether nothing happens to a reference of the old `table`, nor to what it rests on.
    fn stays(&self, table: &str, reference: &Reference) -> bool {
        self.table(table) == Some(table)
            && self.now(table, reference).as_ref() == Some(reference)
            && self
                .new
                .get(table)
                .is_some_and(|it| it.references.contains(reference))
            && self.is_steady(table, &reference.columns)
            && self.is_steady(&reference.table, &reference.to)
    }

    /// Whether these columns of a table stay as they are, and all that is sorted by any.
    fn is_steady(&self, table: &str, columns: &[String]) -> bool {
        let Some((old, new)) = self.old.get(table).zip(self.new.get(table)) else {
            return false;
        };
        let sets = |table: &Table| (table.key.clone(), table.unique.clone(), table.index.clone());
        let same = |name: &String| match (old.column(name), new.column(name)) {
            (Some(old), Some(new)) => old.is_alike(new),
            _ => false,
        };
        sets(old) == sets(new) && columns.iter().all(same)
    }
}

/// The lines of the references of a table that was `old_name`.
pub fn lines(renames: &Renames<'_>, old_name: &str, old: &Table, new: &Table) -> Vec<Line> {
    let kept = old.references.iter();
    let kept: Vec<_> = kept.filter_map(|it| renames.now(old_name, it)).collect();
    let mut lines = Vec::new();
    let mut add = |class: Each<Class>, name: String, what| lines.push(Line::new(class, name, what));
    for it in new.references.iter().filter(|it| !kept.contains(it)) {
        let what = format!(
            "{} must name a row of `{}`: a row that names none stops the migration",
            columns::set(&it.columns),
            it.table
        );
        add(columns::RULE, format!("refer_to_{}", it.table), what);
    }
    for it in kept.iter().filter(|it| !new.references.contains(it)) {
        let what = format!(
            "{} need not name a row of `{}` any more",
            columns::set(&it.columns),
            it.table
        );
        let name = format!("no_reference_to_{}", it.table);
        add(columns::SQLITE_ALONE, name, what);
    }
    if lines.is_empty() && !same(&old.references, &new.references) {
        let what = "its references follow the new names".to_owned();
        let name = format!("references_of_{old_name}");
        lines.push(Line::new(columns::RULE, name, what));
    }
    lines
}

/// Whether they are the same, in any order.
pub fn same(some: &[Reference], others: &[Reference]) -> bool {
    some.len() == others.len() && some.iter().all(|it| others.contains(it))
}
