//! A plan as SQL for databases that change their tables in place: what PostgreSQL and MySQL have in
//! common.
//!
//! Both keep rules, keys, indexes and references under names, which follow from those of the table
//! and its columns. So a change is the sum of what goes, what gets another name, and what comes.

use aliya_macros_core::names;
use aliya_macros_core::sql::{self, Value};

use super::alter::{Alter, both, indexes};
use super::databases::Database;
use super::describe::described;
use super::parts::Parts;
use super::plan::{Change, Class, Plan, Referring, TablePlan};
use super::script::{Check, Script, Step};
use super::snapshot::{Reference, Table};

/// What either of them says in its own way.
pub(super) trait Server {
    /// Which one it is.
    const DATABASE: Database;
    /// Whether a rule can be given another name.
    const RENAMES_RULES: bool;
    /// Whether a column whose values change is another one, which takes the old one's name.
    const CHANGES_ANEW: bool;
    /// The class of a reference that is put on a table.
    const REFERENCE: Class;

    /// The statements that change a table.
    fn alter(parts: &Parts<'_>) -> Vec<String>;

    /// What a text must keep so that its new column has room for it.
    fn room(alter: &Alter<'_>, checks: &mut Vec<Check>);

    /// Takes a reference off its table; both are quoted.
    fn drop_reference(table: &str, name: &str) -> String;
}

/// The steps of a plan. All checks stand before the first of a manager: what they find is found before
/// anything is done, where a step cannot be undone.
pub(super) fn script<S: Server>(plan: &Plan) -> Script {
    let mut script = Script::default();
    for off in &plan.references_off {
        let what = format!("a reference of `{}` goes while tables change", off.table);
        let step = reference_off::<S>(off);
        add(
            &mut script,
            &off.manager,
            Class::Safe,
            what,
            Vec::new(),
            step,
        );
    }
    for table in &plan.tables {
        let (mut checks, mut statements) = (Vec::new(), Vec::new());
        match &table.change {
            Change::Create(new) => statements = created::<S>(table, new),
            Change::Drop(old) => {
                let described = described(&table.manager, &table.table, old);
                statements.push(described.sql(S::DATABASE.dialect()).drop_table());
            }
            Change::Alter(altered) => {
                let both = both(table, altered);
                let alter = Alter::new(altered, &both, S::DATABASE);
                alter.checks(&mut checks);
                S::room(&alter, &mut checks);
                statements = S::alter(&Parts::new::<S>(&alter));
            }
        }
        let class = table.class(S::DATABASE);
        let what = table.said();
        add(&mut script, &table.manager, class, what, checks, statements);
    }
    for on in &plan.references_on {
        let what = format!(
            "rows of `{}` refer to rows of `{}`",
            on.table, on.reference.table
        );
        let checks = orphans::<S>(plan, on).into_iter().collect();
        let statements = vec![reference_on::<S>(on)];
        let class = match change_of(plan, &on.manager, &on.table) {
            Some((_, Change::Create(_))) => Class::Safe,
            _ => S::REFERENCE,
        };
        add(&mut script, &on.manager, class, what, checks, statements);
    }
    script
}

fn add(
    script: &mut Script,
    manager: &str,
    class: Class,
    what: String,
    checks: Vec<Check>,
    statements: Vec<String>,
) {
    let step = Step {
        class,
        what,
        checks: Vec::new(),
        statements,
    };
    script.add(manager, step);
    script.check_first(manager, checks);
}

/// What makes a table and its indexes; references are put on it when all tables are there.
fn created<S: Server>(plan: &TablePlan, table: &Table) -> Vec<String> {
    let mut described = described(&plan.manager, &plan.table, table);
    described.references.clear();
    let sql = described.sql(S::DATABASE.dialect());
    let mut statements = vec![sql.create_table()];
    let made = indexes(sql, table);
    statements.extend(made.into_iter().map(|(_, text)| text));
    statements
}

fn reference_off<S: Server>(off: &Referring) -> Vec<String> {
    let words = S::DATABASE.dialect().words();
    let table = names::sql_table(&off.manager, &off.table);
    let columns = off.reference.columns.iter().map(String::as_str);
    let other = names::sql_table(&off.manager, &off.reference.table);
    let name = words.quoted(&names::sql_reference(&table, columns, &other));
    vec![S::drop_reference(&words.quoted(&table), &name)]
}

fn reference_on<S: Server>(on: &Referring) -> String {
    let columns = on.reference.columns.iter().map(|name| sql::Column {
        name: name.clone(),
        ty: sql::Type::Int,
        optional: false,
        min: None,
        max: None,
        default: None,
    });
    let table = sql::Table {
        name: names::sql_table(&on.manager, &on.table),
        columns: columns.collect(),
        ..sql::Table::default()
    };
    let reference = sql::Reference {
        columns: (0..table.columns.len()).collect(),
        table: names::sql_table(&on.manager, &on.reference.table),
        to: on.reference.to.clone(),
    };
    let sql = table.sql(S::DATABASE.dialect());
    let (_, declared) = sql.reference(&reference);
    format!("ALTER TABLE {}\n  ADD {declared}", sql.quoted(&table.name))
}

/// That every row of a table refers to one, where that is not known.
fn orphans<S: Server>(plan: &Plan, on: &Referring) -> Option<Check> {
    let Reference { columns, table, to } = &on.reference;
    let from = values::<S>(plan, &on.manager, &on.table, columns)?;
    let to = values::<S>(plan, &on.manager, table, to);
    if !on.is_new {
        return None;
    }
    let none = sql::Table::default();
    let sql = none.sql(S::DATABASE.dialect());
    let to = to
        .as_ref()
        .map(|(name, values)| (name.as_str(), values.as_slice()));
    Some(Check {
        what: format!(
            "every row of `{}` refers to one of `{table}`, or to none",
            on.table
        ),
        query: sql.count_orphans((&from.0, &from.1), to),
    })
}

/// The old name in the database of what is now `table`, and what becomes the values of these columns;
/// `None` where there was no such table.
fn values<S: Server>(
    plan: &Plan,
    manager: &str,
    table: &str,
    columns: &[String],
) -> Option<(String, Vec<Value>)> {
    let altered = match change_of(plan, manager, table) {
        Some((plan, Change::Alter(altered))) => (plan, altered),
        Some((_, Change::Create(_))) => return None,
        Some((_, Change::Drop(_))) | None => {
            let words = S::DATABASE.dialect().words();
            let values = columns
                .iter()
                .map(|name| (name.clone(), words.quoted(name)));
            return Some((names::sql_table(manager, table), values.collect()));
        }
    };
    let both = both(altered.0, altered.1);
    let alter = Alter::new(altered.1, &both, S::DATABASE);
    let values = columns.iter().filter_map(|name| {
        let mut all = alter.columns();
        let (_, column, old) = all.find(|(_, column, _)| column.name == *name)?;
        Some((name.clone(), alter.value_of_old(column, old)?))
    });
    let values = values.collect();
    Some((alter.from().to_owned(), values))
}

/// What happens to a table, by its new name.
fn change_of<'p>(
    plan: &'p Plan,
    manager: &str,
    table: &str,
) -> Option<(&'p TablePlan, &'p Change)> {
    let mut tables = plan.tables.iter();
    let found = tables.find(|it| it.manager == manager && it.table == table)?;
    Some((found, &found.change))
}
