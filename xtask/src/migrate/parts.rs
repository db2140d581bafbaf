//! A table that becomes another, part by part: what goes, what gets another name, and what comes.

use std::collections::BTreeSet;

use aliya_macros_core::sql::{self, Sql};

use super::alter::{Alter, indexes};
use super::server::Server;
use super::snapshot::{Column, Table};

/// The parts. Names are quoted, but for those of columns.
pub(super) struct Parts<'a> {
    pub alter: &'a Alter<'a>,
    /// Old columns that go.
    pub dropped: Vec<&'a str>,
    /// Those that stay, with what changes of each.
    pub kept: Vec<Kept<'a>>,
    /// The places of new ones.
    pub added: Vec<usize>,
    /// Whether the key goes and comes.
    pub key: bool,
    /// Rules of columns that stay.
    pub rules: Named,
    /// Indexes; what comes is a statement that makes one.
    pub indexes: Named,
}

/// A column that stays.
pub(super) struct Kept<'a> {
    /// Its place in the new table.
    pub at: usize,
    pub old: &'a Column,
    pub new: &'a Column,
    /// Whether its type is another one.
    pub retyped: bool,
    /// What its values become, in terms of a column of its new name; `None` where they stay.
    pub value: Option<String>,
    /// Whether its default is another one.
    pub default: bool,
    /// Whether the database begins or ceases to number the rows with it.
    pub numbering: bool,
}

/// Parts of a table that have names.
#[derive(Default)]
pub(super) struct Named {
    /// Names of those that go.
    pub off: Vec<String>,
    /// Old and new names.
    pub renamed: Vec<(String, String)>,
    /// What comes, as it is declared.
    pub on: Vec<String>,
}

impl Named {
    /// `old` and `new`: names, and what they stand for, in words of the new table. What stands for the
    /// same stays; it is given its new name where that is possible and nothing else has it.
    fn new(old: Vec<(String, String)>, new: Vec<(String, String)>, renames: bool) -> Self {
        let taken: BTreeSet<String> = old.iter().map(|(name, _)| name.clone()).collect();
        let mut named = Self::default();
        let mut kept = BTreeSet::new();
        for (name, what) in old {
            let same = new.iter().position(|(_, it)| *it == what);
            match same
                .filter(|at| !kept.contains(at))
                .map(|at| (at, &new[at].0))
            {
                Some((at, now)) if *now == name => drop(kept.insert(at)),
                Some((at, now)) if renames && !taken.contains(now) => {
                    kept.insert(at);
                    named.renamed.push((name, now.clone()));
                }
                _ => named.off.push(name),
            }
        }
        let new = new.into_iter().enumerate();
        let on = new.filter(|(at, _)| !kept.contains(at));
        named.on = on.map(|(_, (_, what))| what).collect();
        named
    }
}

impl<'a> Parts<'a> {
    pub(super) fn new<S: Server>(alter: &'a Alter<'a>) -> Self {
        let altered = alter.altered;
        let kept = alter
            .columns()
            .filter_map(|(at, new, old)| Some((at, new, old?)));
        let kept: Vec<_> = kept
            .map(|(at, new, old)| alter.kept(at, old, new))
            .collect();
        let added = alter.columns().filter(|(.., old)| old.is_none());
        let stays = |column: &Kept<'_>| !(S::CHANGES_ANEW && column.value.is_some());
        let staying: Vec<_> = kept.iter().filter(|it| stays(it)).collect();
        let in_key = |column: &Kept<'_>| altered.new.key.contains(&column.new.name);
        let same_key = altered.renamed(&altered.old.key).as_ref() == Some(&altered.new.key);
        Self {
            dropped: altered
                .dropped()
                .map(|column| column.name.as_str())
                .collect(),
            added: added.map(|(at, ..)| at).collect(),
            key: !same_key || kept.iter().any(|it| in_key(it) && !stays(it)),
            rules: alter.rules(&kept, &staying, S::RENAMES_RULES),
            indexes: alter.indexes(&staying),
            kept,
            alter,
        }
    }
}

impl Alter<'_> {
    fn kept<'a>(&'a self, at: usize, old: &'a Column, new: &'a Column) -> Kept<'a> {
        let type_before = self.sql_before().type_name(self.place(old));
        let value = self.value(new, Some(old), &new.name);
        let same = self.sql.quoted(&new.name);
        let numbers = |table: &Table, column: &Column| table.row_number() == Some(&column.name);
        let default_before = self.sql_before().default(self.place(old));
        Kept {
            at,
            old,
            new,
            retyped: type_before != self.sql.type_name(at),
            value: value.filter(|value| *value != same),
            default: default_before != self.sql.default(at),
            numbering: numbers(&self.altered.old, old) != numbers(&self.altered.new, new),
        }
    }

    /// The old table.
    fn sql_before(&self) -> Sql<'_> {
        self.before.sql(self.sql.dialect())
    }

    /// `staying` are those of the kept columns whose rules may stay.
    fn rules(&self, kept: &[Kept<'_>], staying: &[&Kept<'_>], renames: bool) -> Named {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        let declared = |(name, rule): (String, String)| {
            let declared = format!("CONSTRAINT {name} CHECK ({rule})");
            (name, declared)
        };
        let now = self.sql_of_old(staying);
        for column in kept {
            new.extend(self.sql.named_rules(column.at).into_iter().map(declared));
            let at = self.place(column.old);
            let names = self
                .sql_before()
                .named_rules(at)
                .into_iter()
                .map(|(name, _)| name);
            let rules = now.sql(self.sql.dialect()).named_rules(at);
            old.extend(names.zip(rules.into_iter().map(|it| declared(it).1)));
        }
        Named::new(old, new, renames)
    }

    fn indexes(&self, staying: &[&Kept<'_>]) -> Named {
        let quoted = |(name, text): (String, String)| (self.sql.quoted(&name), text);
        let made = indexes(self.sql, &self.altered.new).into_iter().map(quoted);
        let names = indexes(self.sql_before(), &self.altered.old)
            .into_iter()
            .map(quoted);
        let now = self.sql_of_old(staying);
        let texts = indexes(now.sql(self.sql.dialect()), &self.altered.old);
        let old = names.zip(texts).map(|((name, _), (_, text))| (name, text));
        Named::new(old.collect(), made.collect(), true)
    }

    /// The old table under the names that there are now: a column that does not stay has none.
    fn sql_of_old(&self, staying: &[&Kept<'_>]) -> sql::Table {
        let mut table = self.before.clone();
        table.name = self.sql.table_name().to_owned();
        for (column, old) in table.columns.iter_mut().zip(&self.altered.old.columns) {
            let found = staying.iter().find(|kept| kept.old.name == old.name);
            column.name = found.map(|kept| kept.new.name.clone()).unwrap_or_default();
        }
        table
    }

    /// Where the old column is.
    fn place(&self, old: &Column) -> usize {
        let mut columns = self.altered.old.columns.iter();
        columns
            .position(|it| it.name == old.name)
            .unwrap_or_default()
    }
}
