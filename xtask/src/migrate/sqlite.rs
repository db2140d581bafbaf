//! A plan as SQL for SQLite.
//!
//! SQLite can add a column, and rename one or a table. Whatever else changes is a table made anew:
//! made under another name, filled, and put in the old one's place. A migration is one transaction
//! there, in which references are not looked at until its end.

mod checks;

use aliya_macros_core::dialect::Sqlite;
use aliya_macros_core::sql::{self, Convert, Sql};

use super::convert::conversion;
use super::describe::{described, places, stored_constant};
use super::plan::{Altered, Change, Plan, Source, TablePlan};
use super::references;
use super::script::{Script, Step};
use super::snapshot::{Column, Table};

/// Stands before the name of a table while it is filled. Names of a game have no `$`.
const MAKING: &str = "aliya$new$";

/// The steps of a plan.
pub fn script(plan: &Plan) -> Script {
    let mut script = Script::default();
    for table in &plan.tables {
        let step = step(table);
        match script.managers.last_mut() {
            Some((manager, steps)) if *manager == table.manager => steps.push(step),
            _ => script.managers.push((table.manager.clone(), vec![step])),
        }
    }
    script
}

fn step(plan: &TablePlan) -> Step {
    let mut step = Step {
        class: plan.class(),
        what: plan.said(),
        checks: Vec::new(),
        statements: Vec::new(),
    };
    match &plan.change {
        Change::Create(table) => {
            let described = described(&plan.manager, &plan.table, table);
            step.statements = created(&described, table);
        }
        Change::Drop(table) => {
            let described = described(&plan.manager, &plan.table, table);
            step.statements.push(described.sql(&Sqlite).drop_table());
        }
        Change::Alter(altered) => alter(plan, altered, &mut step),
    }
    step
}

/// What makes a table and its indexes.
pub fn created(described: &sql::Table, table: &Table) -> Vec<String> {
    let sql = described.sql(&Sqlite);
    let mut statements = vec![sql.create_table()];
    statements.extend(indexes(described, table).into_iter().map(|(_, text)| text));
    statements
}

/// The indexes of a table: name and statement.
fn indexes(described: &sql::Table, table: &Table) -> Vec<(String, String)> {
    let unique = table.unique.iter().map(|columns| (columns, true));
    let index = table.index.iter().map(|columns| (columns, false));
    let all = unique.chain(index).map(|(columns, unique)| {
        let names = columns.iter().map(String::as_str);
        let name = aliya_macros_core::names::sql_index(unique, &described.name, names);
        let columns = places(table, columns);
        (name, described.sql(&Sqlite).create_index(&columns, unique))
    });
    all.collect()
}

fn alter(plan: &TablePlan, altered: &Altered, step: &mut Step) {
    let before = described(&plan.manager, &altered.old_name, &altered.old);
    let after = described(&plan.manager, &plan.table, &altered.new);
    let change = Alter {
        altered,
        sql: after.sql(&Sqlite),
        from: &before.name,
    };
    change.checks(&mut step.checks);
    let (old, new) = (
        indexes(&before, &altered.old),
        indexes(&after, &altered.new),
    );
    if change.in_place() {
        for (name, text) in &old {
            if !new.iter().any(|(_, kept)| kept == text) {
                step.statements
                    .push(format!("DROP INDEX {}", change.sql.quoted(name)));
            }
        }
        change.alter_in_place(&mut step.statements);
        let made = new
            .iter()
            .filter(|(_, text)| !old.iter().any(|(_, it)| it == text));
        step.statements.extend(made.map(|(_, text)| text.clone()));
    } else {
        change.make_anew(&before, &after, &mut step.statements);
        // Those of the old table went with it.
        step.statements
            .extend(new.into_iter().map(|(_, text)| text));
    }
}

/// A table that becomes another.
struct Alter<'a> {
    altered: &'a Altered,
    /// Of the new table.
    sql: Sql<'a>,
    /// The old table's name in the database.
    from: &'a str,
}

impl Alter<'_> {
    /// Each new column with the old one that it comes from, and its place.
    fn columns(&self) -> impl Iterator<Item = (usize, &Column, Option<&Column>)> {
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

    /// Whether SQLite can do it without making the table anew. What is renamed must have no rule:
    /// the rule's name would tell of the old name for ever.
    fn in_place(&self) -> bool {
        let Altered { old, new, .. } = self.altered;
        let rules = |at| !self.sql.column_rules(at).is_empty();
        let columns = self.columns().all(|(at, column, old)| match old {
            None => self.altered.new.row_number() != Some(column.name.as_str()),
            Some(old) if old.name == column.name => {
                let bare = |column: &Column| Column {
                    was: None,
                    ..column.clone()
                };
                bare(old) == bare(column) || self.stored_the_same(old, column)
            }
            Some(old) => {
                let renamed = Column {
                    name: column.name.clone(),
                    was: column.was.clone(),
                    ..old.clone()
                };
                let taken = self.altered.old.column(&column.name).is_some();
                renamed == *column && !rules(at) && !taken
            }
        });
        let same_table = self.sql.table_name() == self.from || !(0..new.columns.len()).any(rules);
        let key = self.altered.renamed(&old.key).as_ref() == Some(&new.key)
            && old.row_number().is_some() == new.row_number().is_some();
        columns
            && same_table
            && key
            && references::same(&old.references, &new.references)
            && self.altered.dropped().next().is_none()
    }

    /// The column that the database numbers, where it had no numbers before.
    fn new_number(&self) -> Option<&str> {
        let number = self.altered.new.row_number()?;
        let mut columns = self.columns();
        let (.., old) = columns.find(|(_, column, _)| column.name == number)?;
        old.is_none().then_some(number)
    }

    /// Whether the database sees no difference, as of JSON.
    fn stored_the_same(&self, old: &Column, new: &Column) -> bool {
        old.shape.is_json()
            && new.shape.is_json()
            && old.optional == new.optional
            && old.default == new.default
    }

    fn alter_in_place(&self, statements: &mut Vec<String>) {
        if self.sql.table_name() != self.from {
            statements.push(self.sql.rename_table(self.from));
        }
        // A new column may have the name that another one had.
        for (at, column, old) in self.columns() {
            if let Some(old) = old.filter(|old| old.name != column.name) {
                statements.push(self.sql.rename_column(&old.name, at));
            }
        }
        let new = self.columns().filter(|(.., old)| old.is_none());
        statements.extend(new.map(|(at, ..)| self.sql.add_column(at)));
    }

    fn make_anew(&self, before: &sql::Table, after: &sql::Table, statements: &mut Vec<String>) {
        let making = format!("{MAKING}{}", after.name);
        statements.push(self.sql.create_table_as(&making));
        let values = self
            .columns()
            .filter_map(|(at, column, old)| Some((at, self.value(column, old)?)));
        let values: Vec<_> = values.collect();
        statements.push(self.sql.copy_rows(&making, self.from, &values));
        if before.row_number.is_some() && after.row_number.is_some() && self.new_number().is_none()
        {
            // The numbers of rows that were deleted are not given again.
            let name = |name: &str| self.sql.constant(&sql::Constant::Text(name.to_owned()));
            let (making, from) = (name(&making), name(self.from));
            statements.push(format!(
                "DELETE FROM \"sqlite_sequence\" WHERE \"name\" = {making}"
            ));
            statements.push(format!(
                "INSERT INTO \"sqlite_sequence\" (\"name\", \"seq\")\n\
                 SELECT {making}, \"seq\" FROM \"sqlite_sequence\" WHERE \"name\" = {from}"
            ));
        }
        statements.push(before.sql(&Sqlite).drop_table());
        statements.push(self.sql.rename_table(&making));
    }

    /// A new column's value, over a row of the old table; `None` of one that the database numbers.
    fn value(&self, column: &Column, old: Option<&Column>) -> Option<String> {
        let default = column.default.as_ref().map(stored_constant);
        let default = default.map(|default| self.sql.constant(&default));
        let Some(old) = old else {
            let numbered = self.new_number() == Some(column.name.as_str());
            return (!numbered).then(|| default.unwrap_or_else(|| "NULL".to_owned()));
        };
        let value = self
            .sql
            .converted(&self.sql.quoted(&old.name), &convert(old, column));
        match default {
            Some(default) if old.optional && !column.optional => {
                Some(format!("COALESCE({value}, {default})"))
            }
            _ => Some(value),
        }
    }
}

/// How a column's values are taken over. Whoever asks knows that they can be.
fn convert(old: &Column, new: &Column) -> Convert {
    if old.shape == new.shape {
        return Convert::Same;
    }
    conversion(&old.shape, &new.shape).map_or(Convert::Same, |found| found.convert)
}
