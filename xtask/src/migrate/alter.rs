//! A table that becomes another, as the SQL of each database tells it.

mod checks;

use aliya_macros_core::sql::{self, Convert, Sql};

use super::convert::conversion;
use super::databases::Database;
use super::describe::{described, places, stored_constant};
use super::plan::{Altered, Source, TablePlan};
use super::snapshot::{Column, Table};

/// A table that becomes another.
pub(super) struct Alter<'a> {
    /// What becomes of what.
    pub altered: &'a Altered,
    /// The old table.
    pub before: &'a sql::Table,
    /// The new one.
    pub sql: Sql<'a>,
}

/// Descriptions of the old table and the new one.
pub(super) fn both(plan: &TablePlan, altered: &Altered) -> [sql::Table; 2] {
    [
        described(&plan.manager, &altered.old_name, &altered.old),
        described(&plan.manager, &plan.table, &altered.new),
    ]
}

impl<'a> Alter<'a> {
    /// Of the tables that [`both`] describes, for a database.
    pub fn new(
        altered: &'a Altered,
        [before, after]: &'a [sql::Table; 2],
        database: Database,
    ) -> Self {
        Self {
            altered,
            before,
            sql: after.sql(database.dialect()),
        }
    }

    /// The old table's name in the database.
    pub fn from(&self) -> &str {
        &self.before.name
    }

    /// Each new column with the old one that it comes from, and its place.
    pub fn columns(&self) -> impl Iterator<Item = (usize, &Column, Option<&Column>)> {
        let columns = self.altered.new.columns.iter().enumerate();
        columns
            .zip(&self.altered.sources)
            .map(|((at, column), source)| {
                let old = match source {
                    Source::Old(at) => self.altered.old.columns.get(*at),
                    Source::New => None,
                };
                (at, column, old)
            })
    }

    /// The column that the database numbers, where it had no numbers before.
    pub fn new_number(&self) -> Option<&str> {
        let number = self.altered.new.row_number()?;
        let mut columns = self.columns();
        let (.., old) = columns.find(|(_, column, _)| column.name == number)?;
        old.is_none().then_some(number)
    }

    /// Whether the key is as it was, under the names that there are now.
    pub fn keeps_key(&self) -> bool {
        let Altered { old, new, .. } = self.altered;
        self.altered.renamed(&old.key).as_ref() == Some(&new.key)
            && old.row_number().is_some() == new.row_number().is_some()
    }

    /// A new column's value, over a row of the old table, in which the old column has the name
    /// `from`; `None` of one that the database numbers.
    pub fn value(&self, column: &Column, old: Option<&Column>, from: &str) -> Option<String> {
        let default = column.default.as_ref().map(stored_constant);
        let default = default.map(|default| self.sql.constant(&default));
        let Some(old) = old else {
            let numbered = self.new_number() == Some(column.name.as_str());
            return (!numbered).then(|| default.unwrap_or_else(|| "NULL".to_owned()));
        };
        let value = self
            .sql
            .converted(&self.sql.quoted(from), &convert(old, column));
        match default {
            Some(default) if old.optional && !column.optional => {
                Some(format!("COALESCE({value}, {default})"))
            }
            _ => Some(value),
        }
    }

    /// The same, where the old column has its old name.
    pub fn value_of_old(&self, column: &Column, old: Option<&Column>) -> Option<String> {
        let from = old.map_or("", |old| old.name.as_str());
        self.value(column, old, from)
    }
}

/// The indexes of a table: name and statement.
pub(super) fn indexes(sql: Sql<'_>, table: &Table) -> Vec<(String, String)> {
    let unique = table.unique.iter().map(|columns| (columns, true));
    let index = table.index.iter().map(|columns| (columns, false));
    let all = unique.chain(index).map(|(columns, unique)| {
        let names = columns.iter().map(String::as_str);
        let name = aliya_macros_core::names::sql_index(unique, sql.table_name(), names);
        (name, sql.create_index(&places(table, columns), unique))
    });
    all.collect()
}

/// How a column's values are taken over. Whoever asks knows that they can be.
pub(super) fn convert(old: &Column, new: &Column) -> Convert {
    if old.shape == new.shape {
        return Convert::Same;
    }
    conversion(&old.shape, &new.shape).map_or(Convert::Same, |found| found.convert)
}
