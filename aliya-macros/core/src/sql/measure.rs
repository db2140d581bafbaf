//! Queries of one value.

use super::{Condition, Sql, joined};

impl Sql<'_> {
    /// How many rows there are for which the conditions hold. Parameters: those of the conditions.
    pub fn count(&self, conditions: &[Condition]) -> String {
        self.value("COUNT(*)", conditions)
    }

    /// The sum of a column of numbers over those rows, 0 over none. Parameters: those of the
    /// conditions.
    pub fn sum(&self, column: usize, conditions: &[Condition]) -> String {
        let float = self.table.columns[column].ty == super::Type::Float;
        let sum = self.dialect.sum(&self.column(column), float);
        self.value(&sum, conditions)
    }

    /// Whether there is such a row. Parameters: those of the conditions.
    pub fn exists(&self, conditions: &[Condition]) -> String {
        let rows = self.value("1", conditions);
        format!("SELECT EXISTS ({rows})")
    }

    /// The rank, among the rows for which the conditions hold, of the one that has the values of
    /// `of`, which are the key or a unique set: 1 and one more for each row that `order` puts before
    /// it; 0 where it is not among them. Parameters: those of the conditions, then of `of`.
    ///
    /// # Panics
    /// Where `order` is empty.
    pub fn rank(&self, order: &[(usize, bool)], of: &[usize], conditions: &[Condition]) -> String {
        let (me, other) = (self.words.quoted("me"), self.words.quoted("other"));
        let mut next = self.parameters();
        let filter = self.where_all(conditions, &mut next);
        let all = match &filter {
            Some(_) => self.words.quoted("all"),
            None => self.table(),
        };
        let of = of.iter().map(|&at| {
            let column = self.column(at);
            format!("{me}.{column} = {}", next.place())
        });
        let of: Vec<_> = of.collect();
        let (last, before) = order.split_last().expect("an order");
        let comes_first = |&(at, descending): &(usize, bool)| {
            let column = self.column(at);
            let sign = if descending { '>' } else { '<' };
            format!("{other}.{column} {sign} {me}.{column}")
        };
        // From the last: before it, or as good and before it by the next.
        let better = before
            .iter()
            .rev()
            .fold(comes_first(last), |then, by @ (at, _)| {
                let column = self.column(*at);
                let first = comes_first(by);
                format!("{first} OR ({other}.{column} = {me}.{column} AND ({then}))")
            });
        let mut clauses = Vec::new();
        if let Some(filter) = filter {
            clauses.push(format!(
                "WITH {all} AS (SELECT * FROM {} {filter})",
                self.table()
            ));
        }
        clauses.push(format!(
            "SELECT COALESCE((SELECT 1 + (SELECT COUNT(*) FROM {all} AS {other} WHERE {better})"
        ));
        clauses.push(format!(
            "FROM {all} AS {me} WHERE {}), 0)",
            of.join(" AND ")
        ));
        joined(&clauses)
    }

    fn value(&self, value: &str, conditions: &[Condition]) -> String {
        let mut next = self.parameters();
        let mut clauses = vec![format!("SELECT {value}"), format!("FROM {}", self.table())];
        clauses.extend(self.where_all(conditions, &mut next));
        joined(&clauses)
    }
}
