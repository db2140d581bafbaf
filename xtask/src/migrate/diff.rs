//! Compares two schemas: which table became which, and what that takes.

use std::collections::{BTreeMap, BTreeSet};

use super::columns;
use super::plan::{Altered, Change, Class, Line, Plan, Source, TablePlan};
use super::references::{self, Renames};
use super::snapshot::{Schema, Table, Tables};

/// What makes `new` of `old`. A manager that `new` does not have keeps its tables: nobody can tell
/// in which databases they are.
pub fn diff(old: &Schema, new: &Schema) -> Plan {
    let mut plan = Plan::default();
    let none = Tables::new();
    for (manager, tables) in &new.managers {
        let before = old.managers.get(manager).unwrap_or(&none);
        let taken = sources(before, tables);
        let renames = Renames::new(before, tables, &taken);
        plan.tables
            .extend(manager_plan(manager, [before, tables], &taken, &renames));
        let (off, on) = renames.moved(manager);
        plan.references_off.extend(off);
        plan.references_on.extend(on);
    }
    plan
}

/// `new` with the managers that only `old` has: what databases hold once the plan is done.
pub fn merged(old: &Schema, new: &Schema) -> Schema {
    let mut merged = old.clone();
    merged.managers.extend(new.managers.clone());
    merged
}

fn manager_plan(
    manager: &str,
    [old, new]: [&Tables; 2],
    taken: &BTreeMap<&str, Option<&str>>,
    renames: &Renames<'_>,
) -> Vec<TablePlan> {
    let used: BTreeSet<&str> = taken.values().copied().flatten().collect();
    let mut plans = Vec::new();
    let plan = |table: &str, change, lines| TablePlan {
        manager: manager.to_owned(),
        table: table.to_owned(),
        change,
        lines,
    };
    for (name, table) in old {
        if !used.contains(name.as_str()) {
            let change = Change::Drop(table.clone());
            plans.push(plan(name, change, vec![dropped(name, table)]));
        }
    }
    let mut there: BTreeSet<&str> = used.clone();
    let mut left: Vec<&str> = Vec::new();
    let mut altered: Vec<&str> = new.keys().map(String::as_str).collect();
    // A name is free once what had it has its new one.
    while !altered.is_empty() {
        let before = altered.len();
        for name in std::mem::take(&mut altered) {
            let source = taken.get(name).copied().flatten();
            let waits = source.is_some_and(|source| source != name && there.contains(name));
            let (Some(source), false) = (source, waits) else {
                match source {
                    Some(_) => altered.push(name),
                    None => left.push(name),
                }
                continue;
            };
            there.remove(source);
            there.insert(name);
            let found = old.get(source).zip(new.get(name));
            let Some((before, after)) = found else {
                continue;
            };
            let (change, lines) = alter(renames, source, before, name, after);
            if !lines.is_empty() {
                plans.push(plan(name, change, lines));
            }
        }
        if altered.len() == before {
            break;
        }
    }
    for name in altered {
        let help = "tables that take each other's names need two migrations: let one have a \
                    third name in between";
        let what = format!("table `{name}` takes the name of another");
        let mut line = Line::new(Class::Safe, format!("rename_{name}"), what);
        line.refused = Some(help.to_owned());
        let change = Change::Create(new[name].clone());
        plans.push(plan(name, change, vec![line]));
    }
    for name in left {
        let table = &new[name];
        let change = Change::Create(table.clone());
        plans.push(plan(name, change, vec![created(name, table, old)]));
    }
    plans
}

/// The table of `old` that each of `new` was, if any. `was` counts once: where the table had it
/// already, that is done.
fn sources<'a>(old: &'a Tables, new: &'a Tables) -> BTreeMap<&'a str, Option<&'a str>> {
    let mut sources = BTreeMap::new();
    let mut used = BTreeSet::new();
    for renames in [true, false] {
        for (name, table) in new {
            let before = old.get_key_value(name);
            let done = before.is_some_and(|(_, before)| before.was == table.was);
            let was = table.was.as_ref().filter(|_| !done);
            let was = was.and_then(|was| old.get_key_value(was));
            let source = match (renames, was) {
                (true, Some((was, _))) => was,
                (false, None) => match before {
                    Some((name, _)) => name,
                    None => continue,
                },
                _ => continue,
            };
            if used.insert(source.as_str()) {
                sources.insert(name.as_str(), Some(source.as_str()));
            }
        }
    }
    for name in new.keys() {
        sources.entry(name).or_insert(None);
    }
    sources
}

fn dropped(name: &str, table: &Table) -> Line {
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|it| format!("`{}`", it.name))
        .collect();
    let what = format!(
        "table `{name}` is dropped, with all rows: {}",
        columns.join(", ")
    );
    Line::new(Class::Destroys, format!("drop_{name}"), what)
}

fn created(name: &str, table: &Table, old: &Tables) -> Line {
    let unknown = table.was.as_ref().filter(|_| !old.is_empty());
    let what = format!("new table `{name}`");
    Line {
        refused: unknown.map(|was| {
            let known: Vec<_> = old.keys().map(|name| format!("`{name}`")).collect();
            format!(
                "`was: {was}` names no table that there was, or one that another took; there were {}",
                known.join(", ")
            )
        }),
        ..Line::new(Class::Safe, format!("add_{name}"), what)
    }
}

fn alter(
    renames: &Renames<'_>,
    old_name: &str,
    old: &Table,
    name: &str,
    new: &Table,
) -> (Change, Vec<Line>) {
    let sources = columns::sources(old, new);
    let mut lines = Vec::new();
    if old_name != name {
        let what = format!("table `{old_name}` is renamed `{name}`");
        let slug = format!("rename_{old_name}_to_{name}");
        lines.push(Line::new(columns::renames(&new.columns), slug, what));
    }
    lines.extend(columns::lines(name, old, new, &sources));
    lines.extend(references::lines(renames, old_name, old, new));
    let altered = Altered {
        old_name: old_name.to_owned(),
        old: old.clone(),
        new: new.clone(),
        sources,
    };
    (Change::Alter(Box::new(altered)), lines)
}

impl Altered {
    /// The old columns that no new one comes from.
    pub fn dropped(&self) -> impl Iterator<Item = &super::snapshot::Column> {
        let columns = self.old.columns.iter().enumerate();
        let dropped = columns.filter(|(at, _)| !self.sources.contains(&Source::Old(*at)));
        dropped.map(|(_, column)| column)
    }

    /// The old names of columns, as the new ones are called; `None` where one is dropped.
    pub fn renamed(&self, names: &[String]) -> Option<Vec<String>> {
        columns::renamed(&self.old, &self.new, &self.sources, names)
    }
}
