//! Statements that write one row.

use super::query::Parameters;
use super::{Sql, joined};

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

    /// The same, and gives back one column of the inserted row, as a query with one row or none.
    /// `None` in dialects where an insert gives nothing back.
    pub fn insert_returning(&self, duplicates: Duplicates, column: usize) -> Option<String> {
        let mut clauses = self.insert_clauses(duplicates);
        clauses.push(format!("{} {}", self.words.returning?, self.column(column)));
        Some(joined(&clauses))
    }

    /// Inserts a row, or changes `set` of the one that has the same `target` columns, which are the
    /// key or a unique set. Parameters: all columns in order.
    pub fn upsert(&self, target: &[usize], set: &[usize]) -> String {
        // With nothing to set, a column that stays the same keeps the statement one that says how
        // many rows it found.
        let set = if set.is_empty() { target } else { set };
        let target = self.columns(target.iter().copied());
        let set = self.columns(set.iter().copied());
        let mut clauses = self.values(None);
        clauses.push(self.dialect.or_update(&target, &set));
        joined(&clauses)
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
            clauses.push(self.words.or_nothing.to_owned());
        }
        clauses
    }

    pub(super) fn values(&self, without: Option<usize>) -> Vec<String> {
        let places = (0..self.table.columns.len()).filter(|&at| Some(at) != without);
        let columns = self.columns(places);
        if columns.is_empty() {
            return vec![format!("INSERT INTO {} DEFAULT VALUES", self.table())];
        }
        let values = (1..=columns.len()).map(|number| self.dialect.placeholder(number));
        let values: Vec<_> = values.collect();
        vec![
            format!("INSERT INTO {} ({})", self.table(), columns.join(", ")),
            format!("VALUES ({})", values.join(", ")),
        ]
    }
}
