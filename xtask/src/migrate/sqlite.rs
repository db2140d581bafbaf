//! A plan as SQL for SQLite.
//!
//! SQLite can add a column, and rename one or a table. Whatever else changes is a table made anew:
//! made under another name, filled, and put in the old one's place. A migration is one transaction
//! there, in which references are not looked at until its end.

use aliya_macros_core::dialect::Sqlite;
use aliya_macros_core::sql;

use super::alter::{Alter, both, indexes};
use super::databases::Database;
use super::describe::described;
use super::plan::{Altered, Change, Class, Plan, TablePlan};
use super::references;
use super::script::{Script, Step};
use super::snapshot::{Column, Table};

/// Stands before the name of a table while it is filled. Names of a game have no `$`.
const MAKING: &str = "aliya$new$";

/// The steps of a plan.
pub fn script(plan: &Plan) -> Script {
    let mut script = Script::default();
    for table in &plan.tables {
        script.add(&table.manager, step(table));
    }
    script
}

fn step(plan: &TablePlan) -> Step {
    let mut step = Step {
        class: plan.class(Database::Sqlite),
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
fn created(described: &sql::Table, table: &Table) -> Vec<String> {
    let sql = described.sql(&Sqlite);
    let mut statements = vec![sql.create_table()];
    statements.extend(indexes(sql, table).into_iter().map(|(_, text)| text));
    statements
}

fn alter(plan: &TablePlan, altered: &Altered, step: &mut Step) {
    let both = both(plan, altered);
    let change = Alter::new(altered, &both, Database::Sqlite);
    change.checks(&mut step.checks);
    let [before, after] = &both;
    let old = indexes(before.sql(&Sqlite), &altered.old);
    let new = indexes(after.sql(&Sqlite), &altered.new);
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
        step.class = step.class.max(Class::Rewrites);
        change.make_anew(after, &mut step.statements);
        // Those of the old table went with it.
        step.statements
            .extend(new.into_iter().map(|(_, text)| text));
    }
}

impl Alter<'_> {
    /// Whether SQLite can do it without making the table anew. What is renamed must have no rule:
    /// the rule's name would tell of the old name for ever.
    fn in_place(&self) -> bool {
        let Altered { old, new, .. } = self.altered;
        let rules = |at| !self.sql.column_rules(at).is_empty();
        let columns = self.columns().all(|(at, column, old)| match old {
            None => self.altered.new.row_number() != Some(column.name.as_str()),
            Some(old) if old.name == column.name => {
                old.is_alike(column) || self.stored_the_same(old, column)
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
        let same_table = self.sql.table_name() == self.from() || !(0..new.columns.len()).any(rules);
        columns
            && same_table
            && self.keeps_key()
            && references::same(&old.references, &new.references)
            && self.altered.dropped().next().is_none()
    }

    /// Whether the database sees no difference, as of JSON.
    fn stored_the_same(&self, old: &Column, new: &Column) -> bool {
        old.shape.is_json()
            && new.shape.is_json()
            && old.optional == new.optional
            && old.default == new.default
    }

    fn alter_in_place(&self, statements: &mut Vec<String>) {
        if self.sql.table_name() != self.from() {
            statements.push(self.sql.rename_table(self.from()));
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

    fn make_anew(&self, after: &sql::Table, statements: &mut Vec<String>) {
        let (before, from) = (self.before, self.from());
        let making = format!("{MAKING}{}", after.name);
        statements.push(self.sql.create_table_as(&making));
        let values = self
            .columns()
            .filter_map(|(at, column, old)| Some((at, self.value_of_old(column, old)?)));
        let values: Vec<_> = values.collect();
        statements.push(self.sql.copy_rows(&making, from, &values));
        if before.row_number.is_some() && after.row_number.is_some() && self.new_number().is_none()
        {
            // The numbers of rows that were deleted are not given again.
            let name = |name: &str| self.sql.constant(&sql::Constant::Text(name.to_owned()));
            let (making, from) = (name(&making), name(from));
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
}
