//! A plan as SQL for PostgreSQL.
//!
//! A migration is one transaction there. A type becomes another with its values in the same statement,
//! and whatever has a name can be given another one.

use std::collections::BTreeSet;

use super::alter::Alter;
use super::databases::Database;
use super::parts::{Kept, Parts};
use super::plan::{Class, Plan};
use super::script::{Check, Script};
use super::server::{self, Server};

/// Stands before the name of a column whose new name another one has yet.
const MEANWHILE: &str = "aliya$new$";

/// The steps of a plan.
pub fn script(plan: &Plan) -> Script {
    server::script::<Postgres>(plan)
}

struct Postgres;

impl Server for Postgres {
    const DATABASE: Database = Database::Postgres;
    const RENAMES_RULES: bool = true;
    const CHANGES_ANEW: bool = false;
    /// The rows are read.
    const REFERENCE: Class = Class::Safe;

    fn alter(parts: &Parts<'_>) -> Vec<String> {
        let mut statements = Vec::new();
        goes(parts, &mut statements);
        names(parts, &mut statements);
        comes(parts, &mut statements);
        statements
    }

    /// A text has room for any.
    fn room(_: &Alter<'_>, _: &mut Vec<Check>) {}

    fn drop_reference(table: &str, name: &str) -> String {
        format!("ALTER TABLE {table} DROP CONSTRAINT {name}")
    }
}

/// `ALTER TABLE` with all of these, if there are any.
fn altered(table: &str, changes: &[String]) -> Option<String> {
    let changes = changes.join(",\n  ");
    (!changes.is_empty()).then(|| format!("ALTER TABLE {table}\n  {changes}"))
}

fn goes(parts: &Parts<'_>, statements: &mut Vec<String>) {
    let Alter { before, sql, .. } = parts.alter;
    let indexes = parts.indexes.off.iter();
    statements.extend(indexes.map(|name| format!("DROP INDEX {name}")));
    let key = parts.key.then(|| before.sql(sql.dialect()).key_name());
    let rules = parts.rules.off.iter().cloned();
    let constraints = rules.chain(key.flatten());
    let mut off: Vec<_> = constraints
        .map(|name| format!("DROP CONSTRAINT {name}"))
        .collect();
    let numbers = parts
        .kept
        .iter()
        .filter(|it| it.numbering && !is_number(parts, it));
    off.extend(
        numbers.map(|it| format!("ALTER COLUMN {} DROP IDENTITY", sql.quoted(&it.old.name))),
    );
    let columns = parts.dropped.iter();
    off.extend(columns.map(|name| format!("DROP COLUMN {}", sql.quoted(name))));
    statements.extend(altered(&sql.quoted(&before.name), &off));
}

fn names(parts: &Parts<'_>, statements: &mut Vec<String>) {
    let Alter { before, sql, .. } = parts.alter;
    let table = sql.quoted(sql.table_name());
    if before.name != sql.table_name() {
        statements.push(sql.rename_table(&before.name));
    }
    rename_columns(parts, &table, statements);
    let key = [before.sql(sql.dialect()).key_name(), sql.key_name()];
    let key = match key {
        [Some(old), Some(new)] if old != new && !parts.key => Some((old, new)),
        _ => None,
    };
    let constraints = parts.rules.renamed.iter().chain(&key);
    statements.extend(
        constraints
            .map(|(old, new)| format!("ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")),
    );
    let indexes = parts.indexes.renamed.iter();
    statements.extend(indexes.map(|(old, new)| format!("ALTER INDEX {old} RENAME TO {new}")));
}

/// One after the other, each when its new name is free; of a circle of them, one has a third name
/// meanwhile.
fn rename_columns(parts: &Parts<'_>, table: &str, statements: &mut Vec<String>) {
    let sql = parts.alter.sql;
    let mut used: BTreeSet<&str> = parts.kept.iter().map(|it| it.old.name.as_str()).collect();
    let waits = parts.kept.iter().filter(|it| it.old.name != it.new.name);
    let mut waits: Vec<_> = waits.map(|it| (it.old.name.clone(), it)).collect();
    while let Some((last, _)) = waits.last() {
        let last = last.clone();
        let free = waits
            .iter()
            .position(|(_, it)| !used.contains(it.new.name.as_str()));
        let (from, to) = match free {
            Some(at) => {
                let (from, column) = waits.remove(at);
                used.insert(&column.new.name);
                (from, column.new.name.clone())
            }
            None => {
                let meanwhile = format!("{MEANWHILE}{last}");
                if let Some(waiting) = waits.last_mut() {
                    waiting.0.clone_from(&meanwhile);
                }
                (last, meanwhile)
            }
        };
        used.remove(from.as_str());
        let (from, to) = (sql.quoted(&from), sql.quoted(&to));
        statements.push(format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}"));
    }
}

fn comes(parts: &Parts<'_>, statements: &mut Vec<String>) {
    let sql = parts.alter.sql;
    let table = sql.quoted(sql.table_name());
    let mut on: Vec<String> = parts
        .kept
        .iter()
        .flat_map(|it| changes(parts, it))
        .collect();
    let added = parts.added.iter();
    on.extend(added.map(|&at| format!("ADD COLUMN {}", sql.declaration(at))));
    on.extend(parts.key.then(|| format!("ADD {}", sql.key())));
    on.extend(parts.rules.on.iter().map(|rule| format!("ADD {rule}")));
    statements.extend(altered(&table, &on));
    let numbers = parts
        .kept
        .iter()
        .filter(|it| it.numbering && is_number(parts, it));
    statements.extend(numbers.map(|it| go_on_counting(parts, it)));
    statements.extend(parts.indexes.on.iter().cloned());
}

/// What changes of a column that stays.
fn changes(parts: &Parts<'_>, column: &Kept<'_>) -> Vec<String> {
    let sql = parts.alter.sql;
    let name = sql.quoted(&column.new.name);
    let mut changes = Vec::new();
    let anew = column.retyped || column.value.is_some();
    let default = sql.default(column.at);
    if column.old.default.is_some() && (anew || (column.default && default.is_none())) {
        // One of the old type need not be one of the new.
        changes.push("DROP DEFAULT".to_owned());
    }
    if anew {
        let value = column.value.as_ref().unwrap_or(&name);
        changes.push(format!("TYPE {} USING {value}", sql.type_name(column.at)));
    }
    match (column.old.optional, column.new.optional) {
        (true, false) => changes.push("SET NOT NULL".to_owned()),
        (false, true) => changes.push("DROP NOT NULL".to_owned()),
        _ => {}
    }
    let default = default.filter(|_| column.default || anew);
    changes.extend(default.map(|default| format!("SET DEFAULT {default}")));
    if column.numbering && is_number(parts, column) {
        changes.push("ADD GENERATED BY DEFAULT AS IDENTITY".to_owned());
    }
    let changes = changes.into_iter();
    changes
        .map(|change| format!("ALTER COLUMN {name} {change}"))
        .collect()
}

fn is_number(parts: &Parts<'_>, column: &Kept<'_>) -> bool {
    parts.alter.altered.new.row_number() == Some(&column.new.name)
}

/// Lets the database number new rows from the greatest number on.
fn go_on_counting(parts: &Parts<'_>, column: &Kept<'_>) -> String {
    let sql = parts.alter.sql;
    let table = sql.quoted(sql.table_name());
    let literal = |text: &str| sql.dialect().literal(text);
    let name = sql.dialect().words().kept(&column.new.name);
    let (of, name) = (literal(&table), literal(&name));
    let column = sql.quoted(&column.new.name);
    format!(
        "SELECT setval(pg_get_serial_sequence({of}, {name}), greatest(max({column}), 1), \
         coalesce(max({column}) >= 1, FALSE))\nFROM {table}"
    )
}
