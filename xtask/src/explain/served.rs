//! What leads a database to the rows of a query.

use crate::generate::ast::Comparison;
use crate::generate::ir::{ColumnIndex, Filter, Table};
use crate::generate::resolve::Asked;

/// What finds the rows that fit a filter, in words.
pub(super) fn by_filter(table: &Table, filter: &[Filter]) -> String {
    let asked = Asked::new(filter);
    if asked.is_for_all() {
        return "none needed: all rows are wanted".to_owned();
    }
    let sets = sets(table).filter(|(_, columns)| asked.found_by(columns));
    // The one that makes the rows fewest; of equal ones the first.
    let mut best: Option<(usize, String)> = None;
    for (kind, columns) in sets {
        let equal = columns
            .iter()
            .take_while(|at| is_equal(filter, **at))
            .count();
        let whole = equal == columns.len() && kind != Kind::Index;
        let rank = if whole { usize::MAX } else { equal };
        // One more may be asked for as a range or a list.
        let next = columns.get(equal).is_some_and(|at| is_asked(filter, *at));
        let rest = match equal + usize::from(next) {
            _ if whole => "one row at most".to_owned(),
            used if used == columns.len() => "all of it".to_owned(),
            used => format!("the first {used} of its {} columns", columns.len()),
        };
        if best.as_ref().is_none_or(|(known, _)| rank > *known) {
            best = Some((rank, format!("{}: {rest}", said(table, kind, columns))));
        }
    }
    match best {
        Some((_, said)) => said,
        None => "no index: scans the table".to_owned(),
    }
}

/// What finds the row that has values in all of these columns.
pub(super) fn by_columns(table: &Table, wanted: &[ColumnIndex]) -> String {
    let found = sets(table).find(|(kind, columns)| {
        *kind != Kind::Index
            && columns.len() == wanted.len()
            && columns.iter().all(|at| wanted.contains(at))
    });
    match found {
        Some((kind, columns)) => format!("{}: one row at most", said(table, kind, columns)),
        None => "no index: scans the table".to_owned(),
    }
}

/// What an insert also has to write.
pub(super) fn by_insert(table: &Table) -> String {
    let all: Vec<_> = sets(table)
        .map(|(kind, columns)| said(table, kind, columns))
        .collect();
    format!("writes {}", all.join(", "))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Key,
    Unique,
    Index,
}

fn sets(table: &Table) -> impl Iterator<Item = (Kind, &[ColumnIndex])> {
    let unique = table
        .unique
        .iter()
        .map(|set| (Kind::Unique, set.as_slice()));
    let index = table.index.iter().map(|set| (Kind::Index, set.as_slice()));
    std::iter::once((Kind::Key, table.key.as_slice()))
        .chain(unique)
        .chain(index)
}

fn said(table: &Table, kind: Kind, columns: &[ColumnIndex]) -> String {
    let kind = match kind {
        Kind::Key => "key",
        Kind::Unique => "unique",
        Kind::Index => "index",
    };
    let names: Vec<_> = columns
        .iter()
        .map(|at| table.columns[*at].name.as_str())
        .collect();
    format!("{kind} [{}]", names.join(", "))
}

fn is_equal(filter: &[Filter], column: ColumnIndex) -> bool {
    let equal = |it: &Filter| it.column == column && it.comparison == Comparison::Eq;
    filter.iter().any(equal)
}

fn is_asked(filter: &[Filter], column: ColumnIndex) -> bool {
    let helps = |it: &Filter| it.column == column && it.comparison != Comparison::Ne;
    filter.iter().any(helps)
}
