//! Statements that read rows.

use super::{Sql, joined};

/// Which rows are wanted, and in which order.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What holds for each of them.
    pub conditions: Vec<Condition>,
    /// Column and whether it descends.
    pub order: Vec<(usize, bool)>,
    /// Whether a parameter says how many at most.
    pub limit: bool,
    /// Whether a parameter says how many are left out first.
    pub offset: bool,
    /// Whether nobody else may change these rows before the end of the transaction.
    pub lock: bool,
}

/// What holds for a column.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The column.
    pub column: usize,
    /// How it is compared with its parameter.
    pub test: Test,
}

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Greater.
    Gt,
    /// Less.
    Lt,
    /// Greater or equal.
    Ge,
    /// Less or equal.
    Le,
    /// One of a list: the parameter is text, a JSON array of the values as they are stored.
    In,
    /// Between two parameters, both included.
    Between,
}

impl Sql<'_> {
    /// The rows of a query, with all columns in order. Parameters: those of the conditions, then
    /// limit, then offset.
    pub fn select(&self, query: &Query) -> String {
        let mut next = self.parameters();
        let filter = self.where_all(&query.conditions, &mut next);
        let order = self.whole_order(query).into_iter();
        let order = order.map(|(column, descending)| self.sorted(column, descending));
        let order: Vec<_> = order.collect();
        let limit = query.limit.then(|| next.place());
        let offset = query.offset.then(|| next.place());

        let mut clauses = vec![
            format!("SELECT {}", self.all_columns()),
            format!("FROM {}", self.table()),
        ];
        clauses.extend(filter);
        if !order.is_empty() {
            clauses.push(format!("ORDER BY {}", order.join(", ")));
        }
        clauses.extend(self.dialect.part(limit.as_deref(), offset.as_deref()));
        let locked = query.lock.then_some(self.words.for_update);
        clauses.extend(locked.flatten().map(str::to_owned));
        joined(&clauses)
    }

    /// The order of a query, which rows that are equal in it end by their key, in the direction of its last
    /// column: so that each page follows the one before it. What leaves rows out has an order, too.
    fn whole_order(&self, query: &Query) -> Vec<(usize, bool)> {
        let mut order = query.order.clone();
        let equal = |column: usize| {
            let mut conditions = query.conditions.iter();
            conditions.any(|it| it.column == column && it.test == Test::Eq)
        };
        let named = |column: usize| order.iter().any(|it| it.0 == column);
        let tells = |column: &usize| {
            let optional = self.table.columns[*column].optional;
            equal(*column) || named(*column) && !optional
        };
        let mut sets = std::iter::once(&self.table.key).chain(&self.table.unique);
        let is_unique = sets.any(|set| !set.is_empty() && set.iter().all(tells));
        if is_unique || order.is_empty() && !query.offset {
            return order;
        }
        let descends = order.last().is_some_and(|last| last.1);
        let rest = self.table.key.iter().copied();
        let rest = rest.filter(|column| !equal(*column) && !named(*column));
        let rest: Vec<_> = rest.map(|column| (column, descends)).collect();
        order.extend(rest);
        order
    }

    pub(super) fn sorted(&self, column: usize, descending: bool) -> String {
        let optional = self.table.columns[column].optional;
        self.dialect
            .sorted(&self.column(column), descending, optional)
    }

    /// `WHERE` and all conditions, if there are any.
    pub(super) fn where_all(
        &self,
        conditions: &[Condition],
        next: &mut Parameters<'_>,
    ) -> Option<String> {
        let conditions = conditions.iter().map(|c| self.holds(c, next));
        let conditions: Vec<_> = conditions.collect();
        (!conditions.is_empty()).then(|| format!("WHERE {}", conditions.join(" AND ")))
    }

    fn holds(&self, condition: &Condition, next: &mut Parameters<'_>) -> String {
        let column = self.column(condition.column);
        let operator = match condition.test {
            Test::Eq => "=",
            Test::Ne => "<>",
            Test::Gt => ">",
            Test::Lt => "<",
            Test::Ge => ">=",
            Test::Le => "<=",
            Test::In => {
                let ty = &self.table.columns[condition.column].ty;
                return self.dialect.is_in_list(&column, ty, &next.place());
            }
            Test::Between => {
                return format!("{column} BETWEEN {} AND {}", next.place(), next.place());
            }
        };
        format!("{column} {operator} {}", next.place())
    }
}

/// Hands out the places of parameters.
pub(super) struct Parameters<'s> {
    pub(super) sql: Sql<'s>,
    pub(super) used: usize,
}

impl Parameters<'_> {
    pub(super) fn place(&mut self) -> String {
        self.used += 1;
        self.sql.dialect.placeholder(self.used)
    }
}
