//! Warns of queries that no index serves: the database would read every row of the table for them.

use crate::generate::ast::Comparison;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, ColumnIndex, TableId, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::tables::Table;
use super::types;

/// What a query asks for, beside its `where`.
#[derive(Clone, Copy)]
pub(super) struct Sorted<'q> {
    /// Column, and whether it descends.
    pub(super) order: &'q [(ColumnIndex, bool)],
    /// Whether rows are sorted to take some of them: then an index saves sorting the others.
    pub(super) takes_some: bool,
}

/// A query that takes all rows that fit, in any order.
pub(super) const ALL: Sorted<'static> = Sorted {
    order: &[],
    takes_some: false,
};

/// The columns of a `where`, by what an index can do with them.
pub(crate) struct Asked {
    /// Those that are equal to one value.
    equal: Vec<ColumnIndex>,
    /// Those that are among some values.
    among: Vec<ColumnIndex>,
    /// Those that lie in a range.
    ranges: Vec<ColumnIndex>,
}

impl Body<'_, '_> {
    /// Warns of a query over the rows of a table that neither its key nor a unique set nor an index
    /// serves. `place` is where the query names the table.
    ///
    /// A query without `where` asks for all rows, which no index makes fewer; the rows of one player
    /// are few enough to be sorted.
    pub(super) fn warn_of_no_index(
        &mut self,
        id: TableId,
        place: Span,
        filter: &[ir::Filter],
        sorted: Sorted<'_>,
    ) {
        let Some(table) = self.world.tables.get(&id) else {
            return;
        };
        // A part of the query, or the index, may be among what was dropped.
        if table.broken || self.broken {
            return;
        }
        let asked = Asked::new(filter);
        let of_one_player = asked
            .equal
            .iter()
            .any(|at| table.columns[*at].ty.as_ref().map(types::present) == Some(&Ty::Player));
        let finds = asked.is_for_all() || table.indexes().any(|index| asked.found_by(index));
        let sorts = sorted.takes_some && !sorted.order.is_empty() && !of_one_player;
        let order: Vec<ColumnIndex> = sorted.order.iter().map(|(at, _)| *at).collect();
        let in_order = !sorts
            || table
                .indexes()
                .any(|index| asked.sorted_by(index, &order) && one_way(sorted.order));
        if finds && in_order {
            return;
        }
        let wanted = asked.wanted(if sorts { &order } else { &[] });
        // Of what no index holds, none can be asked for.
        let columns: Vec<ColumnIndex> = wanted
            .into_iter()
            .take_while(|at| can_be_indexed(table, *at))
            .collect();
        // What is there already cannot be asked for: no index serves such a query better.
        if columns.is_empty() || table.indexes().any(|index| index.starts_with(&columns)) {
            return;
        }
        let names: Vec<&str> = columns.iter().map(|at| table.columns[*at].name()).collect();
        let index = format!("index: [[{}]]", names.join(", "));
        let (why, what) = match finds {
            false => ("reads every row of the table", "finds its rows by none"),
            true => ("sorts all rows that fit", "is in the order of none"),
        };
        let help = match table.ast.index.is_empty() {
            true => format!("give `{}` one: `{index}`", table.name()),
            false => format!("add `[{}]` to its `index`", names.join(", ")),
        };
        let message = format!("no index of `{}` serves this: it {why}", table.name());
        let named = table.ast.name.span;
        self.diagnostics
            .error(Code::NoIndex, place, message, what)
            .label(named, table.said_indexes())
            .help(help);
    }

    /// The same where the query may not have been understood.
    pub(super) fn warn_of_query(
        &mut self,
        table: Option<TableId>,
        written: &Name,
        filter: Option<&Vec<ir::Filter>>,
    ) {
        if let (Some(id), Some(filter)) = (table, filter) {
            self.warn_of_no_index(id, written.span, filter, ALL);
        }
    }
}

impl Asked {
    pub(crate) fn new(filter: &[ir::Filter]) -> Self {
        let mut asked = Self {
            equal: Vec::new(),
            among: Vec::new(),
            ranges: Vec::new(),
        };
        for condition in filter {
            let columns = match condition.comparison {
                Comparison::Eq => &mut asked.equal,
                Comparison::In => &mut asked.among,
                Comparison::Gt
                | Comparison::Ge
                | Comparison::Lt
                | Comparison::Le
                | Comparison::Between => &mut asked.ranges,
                // All but one value: as good as all.
                Comparison::Ne => continue,
            };
            if !columns.contains(&condition.column) {
                columns.push(condition.column);
            }
        }
        asked
    }

    /// Whether nothing is asked for that an index could help with.
    pub(crate) fn is_for_all(&self) -> bool {
        [&self.equal, &self.among, &self.ranges]
            .iter()
            .all(|columns| columns.is_empty())
    }

    /// Whether an index leads to the rows.
    pub(crate) fn found_by(&self, index: &[ColumnIndex]) -> bool {
        let mut lists = [&self.equal, &self.among, &self.ranges].into_iter();
        let first = index.first();
        first.is_some_and(|first| lists.any(|columns| columns.contains(first)))
    }

    /// Whether an index has the rows in that order: behind columns that are equal in all of them.
    fn sorted_by(&self, index: &[ColumnIndex], order: &[ColumnIndex]) -> bool {
        let rest = index.iter().skip_while(|at| self.equal.contains(at));
        let order = order.iter().filter(|at| !self.equal.contains(at));
        let mut rest = rest.copied();
        order.copied().all(|at| rest.next() == Some(at))
    }

    /// The columns of the index that would serve.
    fn wanted(&self, order: &[ColumnIndex]) -> Vec<ColumnIndex> {
        let mut columns = self.equal.clone();
        let rest: &[ColumnIndex] = match order {
            [] => match self.among.first() {
                Some(_) => &self.among[..1],
                None => &self.ranges[..self.ranges.len().min(1)],
            },
            order => order,
        };
        columns.extend(rest.iter().filter(|at| !self.equal.contains(at)));
        columns
    }
}

/// Whether all columns go the same way, so that an index can be read from one of its ends.
fn one_way(order: &[(ColumnIndex, bool)]) -> bool {
    order.windows(2).all(|pair| pair[0].1 == pair[1].1)
}

/// Whether a column can stand in an index.
fn can_be_indexed(table: &Table, at: ColumnIndex) -> bool {
    let column = &table.columns[at];
    match column.ty.as_ref().map(types::present) {
        Some(Ty::Float) | None => false,
        Some(Ty::Text) => column.ast.max.is_some(),
        Some(ty) => !types::is_json(ty),
    }
}

impl Table<'_> {
    /// All sets of columns that the database finds rows by.
    fn indexes(&self) -> impl Iterator<Item = &[ColumnIndex]> {
        let sets = std::iter::once(&self.key)
            .chain(&self.unique)
            .chain(&self.index);
        sets.map(Vec::as_slice)
    }

    /// What rows are found by, in words.
    fn said_indexes(&self) -> String {
        let sets: Vec<String> = self
            .indexes()
            .map(|set| {
                let names: Vec<&str> = set.iter().map(|at| self.columns[*at].name()).collect();
                format!("[{}]", names.join(", "))
            })
            .collect();
        format!("rows are found by {}", sets.join(", "))
    }
}
