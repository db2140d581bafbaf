//! Steps that have the database compute one value: `count`, `sum`, `exists` and `rank`.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, ColumnIndex, TableId, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::indexes::Sorted;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `count`, `sum` or `exists`.
    pub(super) fn measure(
        &mut self,
        what: &'a ast::Measure,
        table: &'a Name,
        filter: &'a [ast::Filter],
        bind: Option<&'a Name>,
    ) -> Option<ir::StepKind> {
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let filter = self.filters_of(id, filter);
        self.warn_of_query(id, table, filter.as_ref());
        let measured = match what {
            ast::Measure::Count => Some((ir::Measure::Count, Ty::Int)),
            ast::Measure::Exists => Some((ir::Measure::Exists, Ty::Bool)),
            ast::Measure::Sum(column) => id.and_then(|id| self.summed(id, column)),
        };
        let (what, ty) = measured.unzip();
        let bind = bind.map(|name| self.bind_as(name, ty, None));
        Some(ir::StepKind::Measure {
            what: what?,
            table: id?,
            filter: filter?,
            bind: bind?,
        })
    }

    fn summed(&mut self, id: TableId, written: &Name) -> Option<(ir::Measure, Ty)> {
        let table = self.world.tables.get(&id)?;
        let at = table.column(written, self.diagnostics)?;
        let column = &table.columns[at];
        let ty = types::present(column.ty.as_ref()?);
        if types::is_number(ty) {
            return Some((ir::Measure::Sum(at), ty.clone()));
        }
        let is = types::describe(self.names(), ty);
        self.diagnostics
            .error(
                Code::WrongType,
                written.span,
                format!("`sum` adds ints or floats, and `{}` is {is}", column.name()),
                format!("this is {is}"),
            )
            .label(column.ast.ty.span, "declared here")
            .help("`count` says how many rows there are");
        None
    }

    /// `rank`.
    pub(super) fn rank(
        &mut self,
        table: &'a Name,
        order: &'a [ast::Order],
        of: &'a [ast::Filter],
        filter: &'a [ast::Filter],
        bind: Option<&'a Name>,
        span: Span,
    ) -> Option<ir::StepKind> {
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let filter = self.filters_of(id, filter);
        let of = match id {
            Some(id) => self.by(id, "`rank` is of", table, of, span),
            None => {
                self.look_at_filters(of);
                None
            }
        };
        let by = id.and_then(|id| self.order(id, order));
        let by = by.filter(|by| id.is_some_and(|id| self.ranks(id, by, order)));
        if let (Some(id), Some(filter), Some(by)) = (id, &filter, &by) {
            // It counts those before one: by the first column an index leads to nearly all of them.
            let sorted = Sorted {
                order: by.get(..1).unwrap_or_default(),
                takes_some: true,
            };
            self.warn_of_no_index(id, table.span, filter, sorted);
        }
        let bind = bind.map(|name| self.bind_as(name, Some(Ty::Int), None));
        Some(ir::StepKind::Rank {
            table: id?,
            order: by?,
            of: of?,
            filter: filter?,
            bind: bind?,
        })
    }

    /// Whether all rows can be ranked by these columns: whatever may be absent is neither before nor
    /// after another. `written` are the same columns.
    fn ranks(&mut self, id: TableId, by: &[(ColumnIndex, bool)], written: &[ast::Order]) -> bool {
        let Some(table) = self.world.tables.get(&id) else {
            return false;
        };
        let mut all = true;
        for ((at, _), written) in by.iter().zip(written) {
            let column = &table.columns[*at];
            all &= column.ty.is_some();
            if !matches!(column.ty, Some(Ty::Optional(_))) {
                continue;
            }
            self.diagnostics
                .error(
                    Code::MayBeAbsent,
                    written.column.span,
                    format!("a row without `{}` has no rank", column.name()),
                    "may be absent",
                )
                .label(column.ast.name.span, "optional")
                .help("give the column a default instead of `optional`");
            all = false;
        }
        all
    }
}
