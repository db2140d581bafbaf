//! Statements that write one row.

use super::Sql;
use super::query::Parameters;

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
        let mut text = self.insert_values(self.table.row_number);
        if duplicates == Duplicates::Ignore {
            text.push_str(&format!(" {}", self.words.or_nothing));
        }
        text
    }

    /// The same, and gives back one column of the inserted row, as a query with one row or none.
    /// `None` in dialects where an insert gives nothing back.
    pub fn insert_returning(&self, duplicates: Duplicates, column: usize) -> Option<String> {
        let returning = self.words.returning?;
        Some(format!(
            "{} {returning} {}",
            self.insert(duplicates),
            self.column(column)
        ))
    }

    /// Inserts a row, or changes `set` of the one that has the same `target` columns, which are the
    /// key or a unique set. Parameters: all columns in order.
    pub fn upsert(&self, target: &[usize], set: &[usize]) -> String {
        // With nothing to set, a column that is the same already keeps the statement one that says
        // how many rows it found.
        let set = if set.is_empty() { target } else { set };
        let target = self.columns(target.iter().copied());
        let set = self.columns(set.iter().copied());
        format!(
            "{} {}",
            self.insert_values(None),
            self.dialect.or_update(&target, &set)
        )
    }

    /// Changes columns of the row with a key. Parameters: the columns of `set`, then the key's.
    pub fn update(&self, set: &[usize]) -> String {
        let mut next = Parameters {
            sql: *self,
            used: 0,
        };
        let mut assign = |&at: &usize| format!("{} = {}", self.column(at), next.place());
        let set: Vec<_> = set.iter().map(&mut assign).collect();
        let key: Vec<_> = self.table.key.iter().map(&mut assign).collect();
        let (table, set, key) = (self.table(), set.join(", "), key.join(" AND "));
        format!("UPDATE {table} SET {set} WHERE {key}")
    }

    fn insert_values(&self, without: Option<usize>) -> String {
        let places = (0..self.table.columns.len()).filter(|&at| Some(at) != without);
        let columns = self.columns(places);
        let values: Vec<_> = (1..=columns.len())
            .map(|n| self.dialect.placeholder(n))
            .collect();
        let (table, columns, values) = (self.table(), columns.join(", "), values.join(", "));
        if columns.is_empty() {
            return format!("INSERT INTO {table} DEFAULT VALUES");
        }
        format!("INSERT INTO {table} ({columns}) VALUES ({values})")
    }
}
