//! What becomes of a table's columns, keys and indexes.

mod changed;

use std::collections::BTreeSet;

use aliya_macros_core::sql;

use self::changed::changed;
pub(super) use self::changed::{RULE, SQLITE_ALONE, renames, rewrites_if};
use super::databases::{Database, Each};
use super::describe::{described, places};
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
            lines.push(Line::new(Class::Destroys, name, what));
        }
    }
    let retyped = Retyped::new(old, new, sources);
    for (at, (column, source)) in new.columns.iter().zip(sources).enumerate() {
        match source {
            Source::New => lines.push(added(old, new, column)),
            Source::Old(from) => {
                let retyped = retyped.of(at);
                lines.extend(changed(&old.columns[*from], column, &retyped));
            }
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
        let class = Each {
            postgres: Class::Safe,
            ..Class::Rewrites.into()
        };
        lines.push(Line::new(class, format!("key_of_{table}"), what));
    }
    let sets = |sets: &[Vec<String>]| sets.iter().filter_map(now).collect::<Vec<_>>();
    let (unique, index) = (sets(&old.unique), sets(&old.index));
    let mut changes = |these: &[Vec<String>], those: &[Vec<String>], name: &str, what: &str| {
        for columns in these.iter().filter(|it| !those.contains(it)) {
            let what = format!("{what} {}", set(columns));
            let name = format!("{name}_{}", columns.join("_"));
            lines.push(Line::new(retyped.by_set(new, columns), name, what));
        }
    };
    let same = "rows may have the same";
    changes(&new.unique, &unique, "unique", &format!("no two {same}"));
    changes(&unique, &new.unique, "not_unique", &format!("two {same}"));
    changes(&new.index, &index, "index", "new index of");
    changes(&index, &new.index, "no_index", "no longer an index of");
    lines
}

/// Whether columns have another type in a database, be it that a set of columns has come or gone:
/// MySQL's type of a text tells whether an index holds it.
struct Retyped<'t> {
    before: sql::Table,
    after: sql::Table,
    sources: &'t [Source],
}

impl<'t> Retyped<'t> {
    fn new(old: &Table, new: &Table, sources: &'t [Source]) -> Self {
        Self {
            before: described("", "", old),
            after: described("", "", new),
            sources,
        }
    }

    /// The column of the new table at `at`, in each database.
    fn of(&self, at: usize) -> Each<bool> {
        Each::new(|database: Database| match self.sources.get(at) {
            Some(Source::Old(from)) => {
                let type_of = |table: &sql::Table, at| table.sql(database.dialect()).type_name(at);
                type_of(&self.before, *from) != type_of(&self.after, at)
            }
            _ => false,
        })
    }

    /// The class of a set of columns that comes or goes: of SQLite's and PostgreSQL's types none
    /// changes by it.
    fn by_set(&self, new: &Table, columns: &[String]) -> Each<Class> {
        let places = places(new, columns);
        Each {
            mysql: rewrites_if(places.iter().any(|at| self.of(*at).mysql)),
            ..Class::Safe.into()
        }
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
            Line::new(Class::Rewrites, slug, what)
        }
        Some(default) => {
            let what = format!("new column `{name}`: the rows that are there get {default}");
            Line::new(Class::NeedsDefault, slug, what)
        }
        None if column.optional => {
            let what = format!("new column `{name}`: absent in the rows that are there");
            let class = Each {
                sqlite: Class::Safe,
                ..renames([column])
            };
            Line::new(class, slug, what)
        }
        None => {
            let what = format!("new column `{name}`");
            let mut line = Line::new(Class::NeedsDefault, slug, what);
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
