//! Names of tables in a database that several managers may share: each its own, and none that of what a
//! database makes beside a table.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::source::Name;

use super::collide;
use super::declare::Declared;

/// Checks the names of all tables against each other.
pub(super) fn check(names: &Declared, diagnostics: &mut Diagnostics) {
    let tables: Vec<(&ast::Table, String)> = names
        .managers
        .iter()
        .flat_map(|manager| manager.ast.tables.iter().map(move |table| (manager, table)))
        .map(|(manager, table)| {
            let sql = mapped::sql_table(&manager.ast.name.value, &table.name.value);
            (table, sql.to_lowercase())
        })
        .collect();
    let in_database = tables.iter().map(|(table, sql)| (&table.name, sql.clone()));
    collide::distinct("tables in the database", in_database, diagnostics);
    let by_name: BTreeMap<&str, &Name> = tables
        .iter()
        .map(|(table, sql)| (sql.as_str(), &table.name))
        .collect();
    for (table, sql) in &tables {
        for (made, what) in beside(table, sql) {
            if let Some(other) = by_name.get(made.as_str()) {
                say(&table.name, other, &made, what, diagnostics);
            }
        }
    }
}

/// What PostgreSQL makes beside a table, in the same names as tables.
fn beside(table: &ast::Table, sql: &str) -> Vec<(String, &'static str)> {
    let mut made = vec![(format!("{sql}_pkey"), "the index of its key")];
    let numbers = table.columns.iter().filter(|it| it.field.ty.value == "id");
    made.extend(numbers.map(|column| {
        let column = column.field.name.value.to_lowercase();
        (format!("{sql}_{column}_seq"), "what numbers its rows")
    }));
    made
}

fn say(table: &Name, other: &Name, made: &str, what: &str, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            Code::NameCollision,
            other.span,
            format!(
                "PostgreSQL calls {what} `{made}` beside the table `{}`, and so would this table be called",
                table.value
            ),
            format!("`{made}` once more"),
        )
        .label(table.span, format!("`{made}` is made beside it"))
        .help("give one of them another name");
}
