//! `where`: columns, and what they are compared with.

use crate::generate::ast::{self, Comparison};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, ColumnIndex, Expr, Ty};
use crate::generate::source::Name;

use super::body::Body;
use super::coerce::{Wanted, coerce};
use super::fields::Field;
use super::tables::Table;
use super::types;

impl<'a> Body<'_, 'a> {
    /// What must hold of the rows of a `select`.
    pub(super) fn filters(
        &mut self,
        table: &Table,
        filter: &'a [ast::Filter],
    ) -> Option<Vec<ir::Filter>> {
        let typed: Vec<Option<ir::Filter>> = filter
            .iter()
            .map(|condition| self.filter(table, condition))
            .collect();
        typed.into_iter().collect()
    }

    fn filter(&mut self, table: &Table, filter: &'a ast::Filter) -> Option<ir::Filter> {
        let Some(at) = table.column(&filter.column, self.diagnostics) else {
            self.look(&filter.value, None);
            filter.upper.iter().for_each(|upper| self.look(upper, None));
            return None;
        };
        let column = &table.columns[at];
        if column
            .ty
            .as_ref()
            .map(types::present)
            .is_some_and(types::is_json)
        {
            self.look(&filter.value, None);
            self.say_json_column(column, &filter.column);
            return None;
        }
        let ranges = !matches!(
            filter.comparison,
            Comparison::Eq | Comparison::Ne | Comparison::In
        );
        if ranges && !self.has_order_in_database(column, &filter.column) {
            self.look(&filter.value, None);
            return None;
        }
        let value = match filter.comparison {
            Comparison::In => self.filter_list(column, &filter.value),
            _ => self.filter_value(table, at, &filter.value),
        };
        let upper = match &filter.upper {
            Some(upper) => Some(self.filter_value(table, at, upper)?),
            None => None,
        };
        Some(ir::Filter {
            column: at,
            comparison: filter.comparison,
            value: value?,
            upper,
        })
    }

    /// Says that the database does not look into a column.
    pub(super) fn say_json_column(&mut self, column: &Field, written: &Name) {
        self.diagnostics
            .error(
                Code::WrongType,
                written.span,
                format!(
                    "`{}` is stored as one piece of JSON, which the database does not look into",
                    column.name()
                ),
                "cannot be compared by the database",
            )
            .label(column.ast.ty.span, "declared here")
            .help("make a column of its own of what rows are looked up by");
    }

    /// Whether the database orders the column's values as the language does; else that is said.
    fn has_order_in_database(&mut self, column: &Field, written: &Name) -> bool {
        let Some(ty) = column.ty.as_ref().map(types::present) else {
            return false;
        };
        let (why, help) = match ty {
            Ty::Enum(id) => {
                let declared = self.names().declared_enum(*id);
                if declared.variants.iter().all(|v| v.number.is_some()) {
                    return true;
                }
                (
                    "is stored as text",
                    "give the enum's variants numbers, as in `{ basic: 0, elite: 4 }`",
                )
            }
            ty if types::is_ordered(ty) => return true,
            _ => ("has no order", "compare it by equality, `ne` or `in`"),
        };
        self.diagnostics
            .error(
                Code::WrongType,
                written.span,
                format!(
                    "`{}` {why}: nothing of it is less than another",
                    column.name()
                ),
                "cannot be compared so",
            )
            .label(column.ast.ty.span, "declared here")
            .help(help);
        false
    }

    /// A value that a column is compared with.
    pub(super) fn filter_value(
        &mut self,
        table: &Table,
        at: ColumnIndex,
        value: &'a ast::Expr,
    ) -> Option<Expr> {
        let column = &table.columns[at];
        let Some(ty) = &column.ty else {
            self.look(value, None);
            return None;
        };
        let wanted = Wanted {
            ty: types::present(ty),
            what: format!("the column `{}`", column.name()),
            declared: Some(column.ast.ty.span),
        };
        self.check(value, &wanted)
    }

    /// The list that a column's value is looked for in. Ids and ints are the same in the database.
    fn filter_list(&mut self, column: &Field, value: &'a ast::Expr) -> Option<Expr> {
        let Some(ty) = column.ty.as_ref().map(types::present) else {
            self.look(value, None);
            return None;
        };
        let wanted = Ty::List(Box::new(ty.clone()));
        let list = self.infer(value, Some(&wanted))?;
        let ids_and_ints = match (&list.ty, ty) {
            (Ty::List(item), Ty::Id | Ty::Int) => matches!(**item, Ty::Id | Ty::Int),
            _ => false,
        };
        if ids_and_ints {
            return Some(list);
        }
        match coerce(list, &wanted) {
            Ok(list) => Some(list),
            Err(list) => {
                let is = types::describe(self.names(), &list.ty);
                let wants = types::describe(self.names(), &wanted);
                self.diagnostics
                    .error(
                        Code::WrongType,
                        list.span,
                        format!(
                            "`in` wants {wants} for `{}`, and this is {is}",
                            column.name()
                        ),
                        format!("this is {is}"),
                    )
                    .label(column.ast.ty.span, "declared here")
                    .help("write a list, as in `in: [a, b]`, or `in: rows.column`");
                None
            }
        }
    }

    /// Looks for mistakes in the values of a `where` whose table is not known.
    pub(super) fn look_at_filters(&mut self, filter: &'a [ast::Filter]) {
        for condition in filter {
            self.look(&condition.value, None);
            condition
                .upper
                .iter()
                .for_each(|upper| self.look(upper, None));
        }
    }
}
