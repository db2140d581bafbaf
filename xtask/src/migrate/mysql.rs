//! A plan as SQL for MySQL and MariaDB.
//!
//! Each statement that changes a table commits by itself there, and is done as a whole or not at all.
//! A column whose values change is made beside the old one, filled, and takes its name: until then the
//! old values are there.

use super::alter::Alter;
use super::databases::Database;
use super::parts::{Kept, Parts};
use super::plan::{Class, Plan};
use super::script::{Check, Script};
use super::server::{self, Server};
use super::snapshot::Column;

/// Stands before the name of a column while it is filled. Names of a game have no `$`.
const MAKING: &str = "aliya$new$";

/// The steps of a plan.
pub fn script(plan: &Plan) -> Script {
    server::script::<Mysql>(plan)
}

struct Mysql;

impl Server for Mysql {
    const DATABASE: Database = Database::Mysql;
    const RENAMES_RULES: bool = false;
    const CHANGES_ANEW: bool = true;
    /// The table is copied.
    const REFERENCE: Class = Class::Rewrites;

    fn alter(parts: &Parts<'_>) -> Vec<String> {
        let mut statements = Vec::new();
        fill(parts, &mut statements);
        let Alter { before, sql, .. } = parts.alter;
        if before.name != sql.table_name() {
            statements.push(sql.rename_table(&before.name));
        }
        let changes = changes(parts).join(",\n  ");
        if !changes.is_empty() {
            let table = sql.quoted(sql.table_name());
            statements.push(format!("ALTER TABLE {table}\n  {changes}"));
        }
        statements.extend(parts.indexes.on.iter().cloned());
        statements
    }

    /// A text in an index has room for so many characters, be there a bound or not.
    fn room(alter: &Alter<'_>, checks: &mut Vec<Check>) {
        for (at, column, old) in alter.columns() {
            let Some(room) = alter.sql.room(at).filter(|_| column.max.is_none()) else {
                continue;
            };
            let Some((old, value)) = old.zip(alter.value_of_old(column, old)) else {
                continue;
            };
            if had_room(alter, old).is_some_and(|before| before <= room) {
                continue;
            }
            let (name, table) = (&old.name, &alter.altered.old_name);
            let condition = format!("CHAR_LENGTH({}) <= {room}", alter.sql.quoted(&column.name));
            checks.push(Check {
                what: format!(
                    "no `{name}` of `{table}` is longer than {room} characters, the longest text \
                     in an index without a `max`"
                ),
                query: alter
                    .sql
                    .count_breaking(alter.from(), at, &value, &condition),
            });
        }
    }

    fn drop_reference(table: &str, name: &str) -> String {
        format!("ALTER TABLE {table} DROP FOREIGN KEY {name}")
    }
}

/// For how many characters the old column has room at most.
fn had_room(alter: &Alter<'_>, old: &Column) -> Option<i64> {
    let mut columns = alter.altered.old.columns.iter();
    let at = columns.position(|column| column.name == old.name)?;
    alter.before.sql(alter.sql.dialect()).room(at)
}

/// Takes off the rules that go, and fills the columns whose values change.
fn fill(parts: &Parts<'_>, statements: &mut Vec<String>) {
    let Alter { before, sql, .. } = parts.alter;
    let table = sql.quoted(&before.name);
    let filled: Vec<_> = parts.kept.iter().filter(|it| it.value.is_some()).collect();
    let mut changes: Vec<_> = parts
        .rules
        .off
        .iter()
        .map(|it| format!("DROP CONSTRAINT {it}"))
        .collect();
    changes.extend(filled.iter().map(|it| {
        let column = sql.quoted(&making(it));
        format!("ADD COLUMN {column} {} NULL", sql.type_name(it.at))
    }));
    if !changes.is_empty() {
        statements.push(format!("ALTER TABLE {table}\n  {}", changes.join(",\n  ")));
    }
    let values = filled.iter().filter_map(|it| {
        let value = parts.alter.value_of_old(it.new, Some(it.old))?;
        Some(format!("{} = {value}", sql.quoted(&making(it))))
    });
    let values: Vec<_> = values.collect();
    if !values.is_empty() {
        statements.push(format!("UPDATE {table}\nSET {}", values.join(",\n  ")));
    }
}

fn making(column: &Kept<'_>) -> String {
    format!("{MAKING}{}", column.new.name)
}

/// All else that one statement does.
fn changes(parts: &Parts<'_>) -> Vec<String> {
    let sql = parts.alter.sql;
    let mut changes = Vec::new();
    changes.extend(parts.key.then(|| "DROP PRIMARY KEY".to_owned()));
    changes.extend(
        parts
            .indexes
            .off
            .iter()
            .map(|name| format!("DROP INDEX {name}")),
    );
    let renamed = parts.indexes.renamed.iter();
    changes.extend(renamed.map(|(old, new)| format!("RENAME INDEX {old} TO {new}")));
    let dropped = parts.dropped.iter();
    changes.extend(dropped.map(|name| format!("DROP COLUMN {}", sql.quoted(name))));
    for column in &parts.kept {
        let (old, new) = (sql.quoted(&column.old.name), sql.quoted(&column.new.name));
        let declaration = sql.declaration(column.at);
        let optional = column.old.optional != column.new.optional;
        if column.value.is_some() {
            changes.push(format!("DROP COLUMN {old}"));
            let filled = sql.quoted(&making(column));
            changes.push(format!("CHANGE COLUMN {filled} {declaration}"));
        } else if column.retyped || optional || column.default || column.numbering {
            changes.push(format!("CHANGE COLUMN {old} {declaration}"));
        } else if old != new {
            changes.push(format!("RENAME COLUMN {old} TO {new}"));
        }
    }
    let added = parts.added.iter();
    changes.extend(added.map(|&at| format!("ADD COLUMN {}", sql.declaration(at))));
    changes.extend(parts.key.then(|| format!("ADD {}", sql.key())));
    // Those of a new column stand apart from its declaration.
    let rules = parts.added.iter().flat_map(|&at| sql.constraints(at));
    let rules = rules.chain(parts.rules.on.iter().cloned());
    changes.extend(rules.map(|rule| format!("ADD {rule}")));
    changes
}
