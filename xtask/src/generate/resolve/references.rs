//! What rows refer to, and the names that tables and columns had before.

use std::collections::BTreeMap;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, ColumnIndex, TableId, Ty};
use crate::generate::source::{Name, Span};

use super::declare::Declared;
use super::tables::Table;
use super::types;

/// Resolves the references of all tables. The columns of each are found fast: an index that begins with
/// them is there, or is added, as the database looks there for what refers to a row that goes.
pub(super) fn all(
    names: &Declared,
    tables: &mut BTreeMap<TableId, Table>,
    diagnostics: &mut Diagnostics,
) {
    let mut resolved = Vec::new();
    for (id, table) in tables.iter() {
        let mut seen: Vec<(ir::Reference, Span)> = Vec::new();
        for written in &table.ast.references {
            let Some(reference) = reference(names, tables, *id, written, diagnostics) else {
                continue;
            };
            match seen.iter().find(|(known, _)| *known == reference) {
                Some((_, first)) => say_twice(written, *first, diagnostics),
                None => seen.push((reference, written.span)),
            }
        }
        resolved.push((*id, seen));
    }
    for (id, references) in resolved {
        let Some(table) = tables.get_mut(&id) else {
            continue;
        };
        for (reference, _) in references {
            let columns = &reference.columns;
            let sets = std::iter::once(&table.key)
                .chain(&table.unique)
                .chain(&table.index);
            if !sets.into_iter().any(|set| set.starts_with(columns)) {
                table.index.push(columns.clone());
            }
            table.references.push(reference);
        }
    }
}

fn reference(
    names: &Declared,
    tables: &BTreeMap<TableId, Table>,
    from: TableId,
    written: &ast::Reference,
    diagnostics: &mut Diagnostics,
) -> Option<ir::Reference> {
    let table = tables.get(&from)?;
    let columns = columns(table, &written.columns, diagnostics);
    let to_table = table_of(names, from, &written.table, diagnostics)?;
    let other = tables.get(&to_table)?;
    let to = match &written.to {
        Some(to) => self::columns(other, to, diagnostics)?,
        None => other.key.clone(),
    };
    let columns = columns?;
    if other.broken {
        return None;
    }
    let same =
        |set: &Vec<ColumnIndex>| set.len() == to.len() && to.iter().all(|at| set.contains(at));
    let is_set = std::iter::once(&other.key).chain(&other.unique).any(same);
    if !is_set || columns.len() != to.len() {
        say_no_row(other, written, diagnostics);
        return None;
    }
    let mut fit = true;
    for ((&at, &to), name) in columns.iter().zip(&to).zip(&written.columns) {
        fit &= is_of_type(names, (table, at), (other, to), name, diagnostics);
    }
    fit.then_some(ir::Reference {
        columns,
        table: to_table,
        to,
    })
}

/// The table that is referred to, which is one of the same manager.
fn table_of(
    names: &Declared,
    from: TableId,
    written: &Name,
    diagnostics: &mut Diagnostics,
) -> Option<TableId> {
    let name = written.value.as_str();
    let of = &names.manager(from.0).ast.name.value;
    let mut others = names.managers.iter();
    let other = others.find_map(|other| {
        let table = other.ast.tables.iter().find(|t| t.name.value == name)?;
        Some((&other.ast.name.value, table.name.span))
    });
    match other {
        Some((owner, declared)) if owner != of && !names.has_table(from.0, name) => {
            diagnostics
                .error(
                    Code::UnknownTable,
                    written.span,
                    format!("`{name}` is a table of `{owner}`, and a reference stays within its manager"),
                    format!("not a table of `{of}`"),
                )
                .label(declared, "the table")
                .help("leave the reference out, and have a function of that manager tell whether the row is there");
            None
        }
        _ => names.table(from.0, written, diagnostics),
    }
}

/// The columns of a list, none of them twice.
fn columns(
    table: &Table,
    written: &[Name],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<ColumnIndex>> {
    let mut columns = Some(Vec::new());
    for (at, name) in written.iter().enumerate() {
        let found = table.column(name, diagnostics);
        if let Some(first) = written[..at].iter().find(|n| n.value == name.value) {
            diagnostics
                .error(
                    Code::BadDeclaration,
                    name.span,
                    format!("`{}` stands twice in a reference", name.value),
                    "once more",
                )
                .label(first.span, "here already")
                .help("leave it out here");
            columns = None;
        }
        columns = columns.zip(found).map(|(mut columns, found)| {
            columns.push(found);
            columns
        });
    }
    columns
}

/// Whether a column is of the type of the one that it refers to. An id is referred to by an int.
fn is_of_type(
    names: &Declared,
    (table, at): (&Table, ColumnIndex),
    (other, to): (&Table, ColumnIndex),
    written: &Name,
    diagnostics: &mut Diagnostics,
) -> bool {
    let (column, of) = (&table.columns[at], &other.columns[to]);
    let (Some(ty), Some(to)) = (&column.ty, &of.ty) else {
        return false;
    };
    let (ty, to) = (types::present(ty), types::present(to));
    if ty == to || matches!((ty, to), (Ty::Int, Ty::Id)) {
        return true;
    }
    let (is, wants) = (types::describe(names, ty), types::describe(names, to));
    let declared = match to {
        Ty::Id => "int",
        _ => &of.ast.ty.value,
    };
    diagnostics
        .error(
            Code::WrongType,
            written.span,
            format!(
                "`{}` is {is}, and `{}` of `{}`, which it refers to, is {wants}",
                column.name(),
                of.name(),
                other.name()
            ),
            format!("this is {is}"),
        )
        .label(of.ast.ty.span, format!("this is {wants}"))
        .help(format!("declare it as `{}: {declared}`", column.name()));
    false
}

fn say_no_row(other: &Table, written: &ast::Reference, diagnostics: &mut Diagnostics) {
    let sets: Vec<String> = std::iter::once(&other.key)
        .chain(&other.unique)
        .map(|set| {
            let names: Vec<&str> = set.iter().map(|at| other.columns[*at].name()).collect();
            format!("[{}]", names.join(", "))
        })
        .collect();
    let place = match &written.to {
        Some(to) => whole(to),
        None => whole(&written.columns),
    };
    let what = match &written.to {
        Some(_) => "these are not",
        None => "not as many columns as its key has",
    };
    diagnostics
        .error(
            Code::BadDeclaration,
            place.unwrap_or(written.span),
            format!(
                "a reference tells a row of `{}` by its key or a unique set",
                other.name()
            ),
            what,
        )
        .label(
            other
                .ast
                .key
                .first()
                .map_or(other.ast.name.span, |k| k.span),
            "its key",
        )
        .help(format!(
            "name a column for each of {}",
            sets.join(", or with `to` of ")
        ));
}

fn say_twice(written: &ast::Reference, first: Span, diagnostics: &mut Diagnostics) {
    diagnostics
        .error(
            Code::BadDeclaration,
            written.span,
            "these columns refer to the same rows already",
            "says nothing new",
        )
        .label(first, "said here")
        .help("leave it out");
}

/// The place of all names together.
fn whole(names: &[Name]) -> Option<Span> {
    let (first, last) = (names.first()?.span, names.last()?.span);
    Some(Span {
        end: last.end,
        ..first
    })
}

/// The columns that had another name before, and which.
pub(super) fn renamed(table: &ast::Table) -> Vec<(ColumnIndex, String)> {
    let columns = table.columns.iter().enumerate();
    let renamed = columns.filter_map(|(at, column)| Some((at, column.was.as_ref()?.value.clone())));
    renamed.collect()
}

/// Names that a manager's tables and their columns had before: none is one that there is now, and no
/// two were the same.
pub(super) fn check_was(manager: &ast::Manager, diagnostics: &mut Diagnostics) {
    let tables = manager.tables.iter();
    let tables = tables.map(|table| (&table.name, table.was.as_ref()));
    check_names("table", tables.collect(), diagnostics);
    for table in &manager.tables {
        let columns = table.columns.iter();
        let columns = columns.map(|column| (&column.field.name, column.was.as_ref()));
        check_names("column", columns.collect(), diagnostics);
    }
}

fn check_names(what: &str, names: Vec<(&Name, Option<&Name>)>, diagnostics: &mut Diagnostics) {
    // Databases do not tell small letters from capitals.
    let same = |a: &Name, b: &Name| a.value.eq_ignore_ascii_case(&b.value);
    let mut seen: Vec<&Name> = Vec::new();
    for (name, was) in &names {
        let Some(was) = was else {
            continue;
        };
        let now = names.iter().find(|(now, _)| same(now, was));
        let before = seen.iter().find(|before| same(before, was));
        let (message, label, place, help) = if same(name, was) {
            let message = format!("the {what} `{}` is called so now", name.value);
            (message, "its name now", name.span, "leave `was` out")
        } else if let Some((now, _)) = now {
            let message = format!("there is a {what} `{}` now", was.value);
            let help = "leave `was` out: what has that name keeps it";
            (message, "the one of that name", now.span, help)
        } else if let Some(before) = before {
            let message = format!("two {what}s were called `{}`", was.value);
            let help = "one of them is new: leave its `was` out";
            (message, "the other one", before.span, help)
        } else {
            seen.push(was);
            continue;
        };
        diagnostics
            .error(
                Code::NameCollision,
                was.span,
                message,
                "cannot be its name from before",
            )
            .label(place, label)
            .help(help);
    }
}
