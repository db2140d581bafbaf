//! A plan as SQL for databases that change their tables in place: what PostgreSQL and MySQL have in
//! common.
//!
//! Both keep rules, keys, indexes and references under names, which follow from those of the table
//! and its columns. So a change is the sum of what goes, what gets another name, and what comes.

use std::collections::BTreeSet;

use aliya_macros_core::names;
use aliya_macros_core::sql::{self, Sql, Value};

use super::alter::{Alter, both, indexes};
use super::databases::Database;
use super::describe::described;
use super::plan::{Change, Class, Plan, Referring, TablePlan};
use super::script::{Check, Script, Step};
use super::snapshot::{Column, Reference, Table};

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
        add(
            &mut script,
            &on.manager,
            S::REFERENCE,
            what,
            checks,
            statements,
        );
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
    let changed = plan
        .tables
        .iter()
        .find(|it| it.manager == manager && it.table == table);
    let altered = match changed.map(|plan| (plan, &plan.change)) {
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

/// What goes, what gets another name, and what comes. Names are quoted, but for those of columns.
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
    fn new<S: Server>(alter: &'a Alter<'a>) -> Self {
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
