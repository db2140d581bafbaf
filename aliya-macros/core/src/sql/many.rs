//! Statements that write or remove many rows, or one in place of another.

use super::query::Parameters;
use super::term::Term;
use super::{Condition, Sql, joined};

impl Sql<'_> {
    /// Changes columns, at least one, of the rows for which the conditions hold; each value is
    /// computed from the row as it was. Parameters: those of the values, then of the conditions.
    pub fn update_many(&self, set: &[(usize, Term)], conditions: &[Condition]) -> String {
        let reads_earlier = set.iter().enumerate().any(|(at, (_, term))| {
            let earlier = &set[..at];
            earlier.iter().any(|(column, _)| term.reads(*column))
        });
        if reads_earlier && self.words.assigns_in_order {
            return self.update_from_old(set, conditions);
        }
        let mut next = self.parameters();
        let set = set.iter().map(|(column, term)| {
            let value = self.term(term, &mut next);
            format!("{} = {value}", self.column(*column))
        });
        let set: Vec<_> = set.collect();
        let mut clauses = vec![
            format!("UPDATE {}", self.table()),
            format!("SET {}", set.join(", ")),
        ];
        clauses.extend(self.where_all(conditions, &mut next));
        joined(&clauses)
    }

    /// The same where a value would be computed from what the row has become so far: all are computed
    /// before. The limit, which is none, keeps the query from being made a part of the update.
    fn update_from_old(&self, set: &[(usize, Term)], conditions: &[Condition]) -> String {
        let mut next = self.parameters();
        let (table, old) = (self.table(), self.words.quoted("old"));
        let new = |at: usize| self.words.quoted(&format!("new_{at}"));
        let mut computed = self.columns(self.table.key.iter().copied());
        computed.extend(set.iter().map(|(column, term)| {
            let value = self.term(term, &mut next);
            format!("{value} AS {}", new(*column))
        }));
        let mut rows = vec![
            format!("SELECT {}", computed.join(", ")),
            format!("FROM {table}"),
        ];
        rows.extend(self.where_all(conditions, &mut next));
        rows.push(format!("LIMIT {}", u64::MAX));
        let same = self.columns(self.table.key.iter().copied());
        let same = same.iter().map(|it| format!("{table}.{it} = {old}.{it}"));
        let set = set.iter().map(|(column, _)| {
            let name = self.column(*column);
            format!("{table}.{name} = {old}.{}", new(*column))
        });
        let (same, set): (Vec<_>, Vec<_>) = (same.collect(), set.collect());
        joined(&[
            format!("UPDATE {table} JOIN ({}) AS {old}", rows.join(" ")),
            format!("ON {}", same.join(" AND ")),
            format!("SET {}", set.join(", ")),
        ])
    }

    /// Removes the row with a key. Parameters: the key.
    pub fn delete(&self) -> String {
        let conditions = self.table.key.iter().map(|&column| Condition {
            column,
            test: super::Test::Eq,
        });
        self.delete_many(&conditions.collect::<Vec<_>>())
    }

    /// Removes the rows for which the conditions hold. Parameters: those of the conditions.
    pub fn delete_many(&self, conditions: &[Condition]) -> String {
        let mut next = self.parameters();
        let mut clauses = vec![format!("DELETE FROM {}", self.table())];
        clauses.extend(self.where_all(conditions, &mut next));
        joined(&clauses)
    }

    /// Inserts a row, or gives all its values to the one that has the same `target` columns, which
    /// are the key or a unique set. Parameters: all columns in order, but the one that the database
    /// fills in.
    pub fn replace(&self, target: &[usize]) -> String {
        joined(&self.replace_clauses(target, false))
    }

    /// The same in a numbered table, and gives back the number of the row, as a query with one row;
    /// where an insert gives nothing back, the driver tells it.
    pub fn replace_numbered(&self, target: &[usize]) -> String {
        let mut clauses = self.replace_clauses(target, true);
        clauses.extend(self.returning_number());
        joined(&clauses)
    }

    fn replace_clauses(&self, target: &[usize], number: bool) -> Vec<String> {
        let numbered = self.table.row_number;
        let set = (0..self.table.columns.len())
            .filter(|at| Some(*at) != numbered && !target.contains(at));
        let set: Vec<_> = set.collect();
        // With nothing to set, a column that stays the same keeps the statement one that says how
        // many rows it found.
        let set = if set.is_empty() { target } else { &set };
        let mut clauses = self.values(numbered);
        clauses.push(self.or_update(target, set, number));
        clauses
    }

    pub(super) fn parameters(&self) -> Parameters<'_> {
        Parameters {
            sql: *self,
            used: 0,
        }
    }
}
