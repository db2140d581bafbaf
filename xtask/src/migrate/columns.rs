//! What becomes of a table's columns, keys and indexes.

mod changed;

use std::collections::BTreeSet;

use self::changed::changed;
use super::plan::{Class, Line, Source};
use super::snapshot::{Column, Table};

/// Where each column of `new` comes from. `was` counts once: where the column had it already, that
/// is done.
pub fn sources(old: &Table, new: &Table) -> Vec<Source> {
    let find = |name: &str| old.columns.iter().position(|column| column.name == name);
    let mut used = BTreeSet::new();
    let mut sources = vec![Source::New; new.columns.len()];
    for renames in [true, false] {
        for (column, source) in new.columns.iter().zip(&mut sources) {
            let before = find(&column.name);
            let done = before.is_some_and(|at| old.columns[at].was == column.was);
            let was = column.was.as_deref().filter(|_| !done).and_then(find);
            let at = match (renames, was) {
                (true, Some(at)) => at,
                (false, None) => match before {
                    Some(at) => at,
                    None => continue,
                },
                _ => continue,
            };
            if used.insert(at) {
                *source = Source::Old(at);
            }
        }
    }
    sources
}

/// Old names of columns as the new ones are called; `None` where one of them is dropped.
pub fn renamed(
    old: &Table,
    new: &Table,
    sources: &[Source],
    names: &[String],
) -> Option<Vec<String>> {
    let rename = |name: &String| {
        let at = old.columns.iter().position(|column| column.name == *name)?;
        let found = sources.iter().position(|it| *it == Source::Old(at))?;
        Some(new.columns[found].name.clone())
    };
    names.iter().map(rename).collect()
}

/// The lines of a table that becomes another; none where nothing has to be done.
pub fn lines(table: &str, old: &Table, new: &Table, sources: &[Source]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, column) in old.columns.iter().enumerate() {
        if !sources.contains(&Source::Old(at)) {
            let what = format!("column `{}` is dropped, with all its values", column.name);
            let name = format!("drop_{}", column.name);
            lines.push(line(Class::Destroys, name, what));
        }
    }
    for (column, source) in new.columns.iter().zip(sources) {
        match source {
            Source::New => lines.push(added(old, new, column)),
            Source::Old(at) => lines.extend(changed(&old.columns[*at], column)),
        }
    }
    let now = |names: &Vec<String>| renamed(old, new, sources, names);
    if now(&old.key).as_ref() != Some(&new.key)
        || old.row_number().is_some() != new.row_number().is_some()
    {
        let what = format!(
            "the key becomes {}: no two rows may have the same",
            set(&new.key)
        );
        lines.push(line(Class::Rewrites, format!("key_of_{table}"), what));
    }
    let unique: Vec<_> = old.unique.iter().filter_map(now).collect();
    let index: Vec<_> = old.index.iter().filter_map(now).collect();
    for columns in new.unique.iter().filter(|it| !unique.contains(it)) {
        let what = format!("no two rows may have the same {}", set(columns));
        lines.push(line(
            Class::Safe,
            format!("unique_{}", columns.join("_")),
            what,
        ));
    }
    for columns in unique.iter().filter(|it| !new.unique.contains(it)) {
        let what = format!("two rows may have the same {}", set(columns));
        lines.push(line(
            Class::Safe,
            format!("not_unique_{}", columns.join("_")),
            what,
        ));
    }
    for columns in new.index.iter().filter(|it| !index.contains(it)) {
        let what = format!("new index of {}", set(columns));
        lines.push(line(
            Class::Safe,
            format!("index_{}", columns.join("_")),
            what,
        ));
    }
    for columns in index.iter().filter(|it| !new.index.contains(it)) {
        let what = format!("no index of {} any more", set(columns));
        lines.push(line(
            Class::Safe,
            format!("no_index_{}", columns.join("_")),
            what,
        ));
    }
    lines
}

fn line(class: Class, name: String, what: String) -> Line {
    Line {
        class,
        what,
        name,
        refused: None,
    }
}

/// Names of columns, for people.
pub fn set(columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|name| format!("`{name}`")).collect();
    columns.join(", ")
}

fn added(old: &Table, new: &Table, column: &Column) -> Line {
    let name = &column.name;
    let slug = format!("add_{name}");
    let mut line = match &column.default {
        _ if new.row_number() == Some(name) => {
            let what = format!("new column `{name}`: the database numbers the rows");
            line(Class::Rewrites, slug, what)
        }
        Some(default) => {
            let what = format!("new column `{name}`: the rows that are there get {default}");
            line(Class::NeedsDefault, slug, what)
        }
        None if column.optional => {
            let what = format!("new column `{name}`: absent in the rows that are there");
            line(Class::Safe, slug, what)
        }
        None => {
            let mut line = line(Class::NeedsDefault, slug, format!("new column `{name}`"));
            let help = format!(
                "the rows that are there have no value for it: give `{name}` a `default`, or make \
                 it `optional: true`"
            );
            line.refused = Some(help);
            line
        }
    };
    if let Some(was) = &column.was {
        let known: Vec<_> = old.columns.iter().map(|it| it.name.clone()).collect();
        let help = format!(
            "`was: {was}` names no column that there was, or one that another took; there were {}",
            set(&known)
        );
        line.refused = Some(help);
    }
    line
}
