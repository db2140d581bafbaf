//! Statements that write one row.

use super::query::Parameters;
use super::{Sql, Table, joined};
use crate::dialect::OrUpdate;

/// What an insert does where a row with the same key or unique columns is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// It is an error of the database.
    Refuse,
    /// Nothing.
    Ignore,
}

impl Sql<'_> {
    /// Inserts a row. Parameters: all columns in order, but the one that the database fills in.
    pub fn insert(&self, duplicates: Duplicates) -> String {
        joined(&self.insert_clauses(duplicates))
    }

    /// The same into a numbered table, and gives back the number of the inserted row, as a query with
    /// one row or none; where an insert gives nothing back, the driver tells it.
    pub fn insert_numbered(&self, duplicates: Duplicates) -> String {
        let mut clauses = self.insert_clauses(duplicates);
        clauses.extend(self.returning_number());
        joined(&clauses)
    }

    pub(super) fn returning_number(&self) -> Option<String> {
        let (word, number) = (self.words.returning?, self.table.row_number?);
        Some(format!("{word} {}", self.column(number)))
    }

    /// Inserts a row, or changes `set` of the one that has the same `target` columns, which are the
    /// key or a unique set. Parameters: all columns in order.
    pub fn upsert(&self, target: &[usize], set: &[usize]) -> String {
        // With nothing to set, a column that stays the same keeps the statement one that says how
        // many rows it found.
        let set = if set.is_empty() { target } else { set };
        let mut clauses = self.values(None);
        clauses.push(self.or_update(target, set, false));
        joined(&clauses)
    }

    /// Ends an insert that changes `set` of another row instead, which has the same `target` columns.
    /// `number`: whether that row's number is wanted.
    pub(super) fn or_update(&self, target: &[usize], set: &[usize], number: bool) -> String {
        let Table { key, unique, .. } = self.table;
        let mut sets = std::iter::once(key).chain(unique);
        self.dialect.or_update(&OrUpdate {
            target: &self.columns(target.iter().copied()),
            set: &self.columns(set.iter().copied()),
            key: &self.columns(key.iter().copied().take(1)).concat(),
            others: sets.any(|columns| columns != target),
            numbered: self.table.row_number.is_some(),
            number,
        })
    }

    /// Changes columns, at least one, of the row with a key. Parameters: the columns of `set`, then
    /// the key's.
    pub fn update(&self, set: &[usize]) -> String {
        let mut next = Parameters {
            sql: *self,
            used: 0,
        };
        let mut assign = |&at: &usize| format!("{} = {}", self.column(at), next.place());
        let set: Vec<_> = set.iter().map(&mut assign).collect();
        let key: Vec<_> = self.table.key.iter().map(&mut assign).collect();
        joined(&[
            format!("UPDATE {}", self.table()),
            format!("SET {}", set.join(", ")),
            format!("WHERE {}", key.join(" AND ")),
        ])
    }

    fn insert_clauses(&self, duplicates: Duplicates) -> Vec<String> {
        let mut clauses = self.values(self.table.row_number);
        // A row of nothing but its number has no duplicate.
        let numbered = self.table.row_number.is_some() && self.table.columns.len() == 1;
        if duplicates == Duplicates::Ignore && !numbered {
            clauses.extend(self.words.or_nothing.map(str::to_owned));
        }
        clauses
    }

    pub(super) fn values(&self, without: Option<usize>) -> Vec<String> {
        let places = (0..self.table.columns.len()).filter(|&at| Some(at) != without);
        let columns = self.columns(places);
        if columns.is_empty() {
            let nothing = self.words.no_values;
            return vec![format!("INSERT INTO {} {nothing}", self.table())];
        }
        let values = (1..=columns.len()).map(|number| self.dialect.placeholder(number));
        let values: Vec<_> = values.collect();
        vec![
            format!("INSERT INTO {} ({})", self.table(), columns.join(", ")),
            format!("VALUES ({})", values.join(", ")),
        ]
    }
}
