//! Steps that read: `get` and `select`.

use std::collections::BTreeMap;

use crate::generate::ast::{self, Comparison};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{self, ColumnIndex, Expr, ExprKind, Literal, TableId, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::coerce::{Wanted, coerce, literal};
use super::expr::constant;
use super::fields::Field;
use super::indexes::Sorted;
use super::scope::Got;
use super::tables::Table;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `get`: one row by the key or a unique set.
    pub(super) fn get(
        &mut self,
        table: &Name,
        filter: &'a [ast::Filter],
        (missing, data): (&'a ast::Missing, Option<&'a ast::Template>),
        bind: Option<&'a Name>,
        span: Span,
    ) -> Option<ir::StepKind> {
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let error = match missing {
            ast::Missing::Error(error) => self.error(error),
            _ => None,
        };
        let by = match id {
            Some(id) => self.by(id, "`get` finds", table, filter, span),
            None => {
                self.look_at_filters(filter);
                None
            }
        };
        let missing = match missing {
            ast::Missing::Error(_) => error.map(ir::Missing::Error),
            ast::Missing::Default(span) => id
                .zip(by.as_ref())
                .and_then(|(id, by)| Some(ir::Missing::Default(self.default_row(id, by, *span)?))),
            ast::Missing::None(_) => Some(ir::Missing::None),
            ast::Missing::Unsaid => None,
        };
        let data = self.data(data);
        let row = id.map(|id| match missing {
            Some(ir::Missing::None) => types::optional(Ty::Row(id)),
            _ => Ty::Row(id),
        });
        let got = Some(Got {
            may_insert: matches!(missing, Some(ir::Missing::Default(_))),
            deleted: None,
        });
        let bind = match bind {
            Some(name) => self.bind_as(name, row, got),
            None => {
                self.nameless = Some(span);
                self.unnamed(row.unwrap_or(Ty::Int))
            }
        };
        Some(ir::StepKind::Get {
            table: id?,
            by: by?,
            missing: missing?,
            data: data?,
            bind,
            // Known once all steps are.
            lock: false,
        })
    }

    /// The data that goes with an error; `None` where it is wrong, `Some(None)` where there is none.
    pub(super) fn data(&mut self, data: Option<&'a ast::Template>) -> Option<Option<ir::Template>> {
        match data {
            Some(data) => Some(Some(self.record(data, "`data`")?)),
            None => Some(None),
        }
    }

    /// The columns of a `get` in the order of the key or unique set that they are.
    pub(super) fn by(
        &mut self,
        id: TableId,
        finds: &str,
        written: &Name,
        filter: &'a [ast::Filter],
        span: Span,
    ) -> Option<Vec<(ColumnIndex, Expr)>> {
        let table = self.world.tables.get(&id)?;
        let mut values: BTreeMap<ColumnIndex, Option<Expr>> = BTreeMap::new();
        let mut whole = true;
        for condition in filter {
            let Some(at) = table.column(&condition.column, self.diagnostics) else {
                self.look(&condition.value, None);
                whole = false;
                continue;
            };
            if condition.comparison != Comparison::Eq {
                self.diagnostics
                    .error(
                        Code::GetByNoKey,
                        condition.column.span,
                        format!(
                            "{finds} one row, by what `{}` equals",
                            condition.column.value
                        ),
                        "another comparison",
                    )
                    .help("write `column: value`; `select` finds many rows by any comparison");
                whole = false;
                continue;
            }
            let value = self.filter_value(table, at, &condition.value);
            values.insert(at, value);
        }
        if !whole || table.broken {
            return None;
        }
        let sets = std::iter::once(&table.key).chain(&table.unique);
        let found = sets
            .clone()
            .find(|set| set.len() == values.len() && set.iter().all(|at| values.contains_key(at)));
        let Some(set) = found else {
            let sets: Vec<String> = sets.map(|set| list_columns(table, set)).collect();
            self.diagnostics
                .error(
                    Code::GetByNoKey,
                    filter.first().map_or(span, |first| first.column.span),
                    format!(
                        "{finds} one row of `{}` by its key or a unique set",
                        written.value
                    ),
                    "these columns are neither",
                )
                .label(
                    table
                        .ast
                        .key
                        .first()
                        .map_or(table.ast.name.span, |key| key.span),
                    "the key",
                )
                .help(format!(
                    "name exactly {}; `select` finds many rows by any columns",
                    sets.join(" or ")
                ));
            return None;
        };
        set.iter()
            .map(|at| Some((*at, values.remove(at)??)))
            .collect()
    }

    /// A row for a `get` that found none: the columns it was looked up by, and the defaults.
    fn default_row(
        &mut self,
        id: TableId,
        by: &[(ColumnIndex, Expr)],
        span: Span,
    ) -> Option<Vec<Expr>> {
        if self.say_random_key(by) {
            return None;
        }
        let table = self.world.tables.get(&id)?;
        let mut without = Vec::new();
        let mut values = Some(Vec::new());
        for (at, column) in table.columns.iter().enumerate() {
            let looked_up = by.iter().find(|(by, _)| *by == at);
            let ty = column.ty.as_ref();
            let value = match (looked_up, ty) {
                (_, None) => None,
                (Some((_, value)), Some(Ty::Id)) => {
                    without.push(column);
                    Some(value.clone())
                }
                (Some((_, value)), Some(ty)) => coerce(value.clone(), ty).ok(),
                (None, Some(ty)) => {
                    if !column.may_be_left_out() {
                        without.push(column);
                    }
                    unset(column, ty, span)
                }
            };
            values = values
                .zip(value)
                .map(|(mut values, value): (Vec<Expr>, _)| {
                    values.push(value);
                    values
                });
        }
        if let Some(first) = without.first() {
            let names: Vec<String> = without.iter().map(|c| format!("`{}`", c.name())).collect();
            let help = match &first.ty {
                Some(Ty::Id) => "the server gives an id to a row that is inserted: use `else: error` or `or: none` here".to_owned(),
                _ => format!("give {} a default in the table, or use `else: error` or `or: none` here", names.join(" and ")),
            };
            self.diagnostics
                .error(
                    Code::BadSet,
                    span,
                    format!(
                        "a row of defaults of `{}` has no value for {}",
                        table.name(),
                        names.join(", ")
                    ),
                    "no row can be made",
                )
                .label(first.ast.name.span, "without a default")
                .help(help);
            return None;
        }
        values
    }

    /// `select`: a list of rows. `limits` are `first` and `offset`.
    pub(super) fn select(
        &mut self,
        table: &Name,
        filter: &'a [ast::Filter],
        order: &'a [ast::Order],
        limits: [Option<&'a ast::Expr>; 2],
        bind: Option<&'a Name>,
    ) -> Option<ir::StepKind> {
        let id = self.names().table(self.id.0, table, self.diagnostics);
        let filter = match id.and_then(|id| self.world.tables.get(&id)) {
            Some(table) => self.filters(table, filter),
            None => {
                self.look_at_filters(filter);
                None
            }
        };
        let order = id.and_then(|id| self.order(id, order));
        let [first, offset] = limits;
        if let (Some(id), Some(filter), Some(order)) = (id, &filter, &order) {
            let takes_some = first.is_some();
            self.warn_of_no_index(id, table.span, filter, Sorted { order, takes_some });
        }
        let first = self.limit(first, "`first`", 1);
        let offset = self.limit(offset, "`offset`", 0);
        let rows = id.map(|id| Ty::List(Box::new(Ty::Row(id))));
        let bind = match bind {
            Some(name) => self.bind_as(name, rows, None),
            None => self.unnamed(rows.unwrap_or(Ty::Int)),
        };
        Some(ir::StepKind::Select {
            table: id?,
            filter: filter?,
            order: order?,
            first: first?,
            offset: offset?,
            bind,
        })
    }

    /// A number of rows; `None` where it is wrong, `Some(None)` where none was said.
    pub(super) fn limit(
        &mut self,
        limit: Option<&'a ast::Expr>,
        what: &str,
        least: i64,
    ) -> Option<Option<Expr>> {
        let Some(limit) = limit else {
            return Some(None);
        };
        let limit = self.check(limit, &Wanted::new(&Ty::Int, what))?;
        if matches!(literal(&limit), Some(Literal::Int(value)) if *value < least) {
            self.diagnostics
                .error(
                    Code::BadBounds,
                    limit.span,
                    format!("{what} is at least {least}"),
                    "too small",
                )
                .help(format!("write {least} or more"));
            return None;
        }
        Some(Some(limit))
    }

    pub(super) fn order(
        &mut self,
        id: TableId,
        order: &[ast::Order],
    ) -> Option<Vec<(ColumnIndex, bool)>> {
        let table = self.world.tables.get(&id)?;
        let mut columns: Vec<(ColumnIndex, bool)> = Vec::new();
        let mut whole = true;
        for by in order {
            let Some(at) = table.column(&by.column, self.diagnostics) else {
                whole = false;
                continue;
            };
            if columns.iter().any(|(known, _)| *known == at) {
                self.diagnostics
                    .error(
                        Code::BadDeclaration,
                        by.column.span,
                        format!("`order` names `{}` twice", by.column.value),
                        "orders nothing that is not in order",
                    )
                    .help("leave it out here");
                whole = false;
                continue;
            }
            let column = &table.columns[at];
            if column
                .ty
                .as_ref()
                .map(types::present)
                .is_some_and(types::is_json)
            {
                self.say_json_column(column, &by.column);
                whole = false;
                continue;
            }
            columns.push((at, by.descending));
        }
        whole.then_some(columns)
    }
}

/// `[player, item]`
fn list_columns(table: &Table, columns: &[ColumnIndex]) -> String {
    let names: Vec<&str> = columns.iter().map(|at| table.columns[*at].name()).collect();
    format!("[{}]", names.join(", "))
}

/// What a column holds where nothing was said; `None` where its default is wrong, or where it has none.
pub(super) fn unset(column: &Field, ty: &Ty, span: Span) -> Option<Expr> {
    if let Some(default) = &column.default {
        return Some(constant(default.clone(), ty.clone(), span));
    }
    column.ast.optional.then(|| Expr {
        ty: ty.clone(),
        kind: ExprKind::Absent,
        span,
    })
}
