//! The `set` of an `update`: a column's name is its old value, and the database computes the new one.

use std::collections::BTreeMap;

use crate::generate::ast::{self, Assign};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{
    Arithmetic, BinaryOp, Builtin, Change, ColumnIndex, Expr, ExprKind, Literal, LocalId, TableId,
    Ty, UnaryOp,
};
use crate::generate::source::Span;

use super::body::Body;
use super::collide;
use super::expr::constant;
use super::scope::{Binding, Bound};

/// The locals that stand for columns.
type Columns = BTreeMap<LocalId, ColumnIndex>;

impl<'a> Body<'_, 'a> {
    /// Columns and what they become.
    pub(super) fn changes(
        &mut self,
        id: TableId,
        set: &'a [Assign],
    ) -> Option<Vec<(ColumnIndex, Change)>> {
        let outside = self.scope.clone();
        let columns = self.bind_columns(id, set);
        // Of a table that was not understood whole, not all names are known.
        let broken = self.broken;
        self.broken |= self.world.tables.get(&id).is_some_and(|table| table.broken);
        let set = self.set(id, set);
        self.broken = broken;
        self.scope = outside;
        let table = self.world.tables.get(&id)?;
        let mut changes = Some(Vec::new());
        for (name, at, value) in set {
            if value.is_some() && at.is_some_and(|at| table.key.contains(&at)) {
                self.diagnostics
                    .error(
                        Code::BadSet,
                        name.span,
                        format!(
                            "`{}` is in the key of `{}`: `update` cannot change it",
                            name.value,
                            table.name()
                        ),
                        "part of the key",
                    )
                    .help("another key is another row: `insert` it");
                changes = None;
                continue;
            }
            let change = match value.map(|value| change(value, &columns)) {
                Some(Ok(change)) => Some(change),
                Some(Err(span)) => {
                    self.say_not_in_database(span);
                    None
                }
                None => None,
            };
            changes = changes
                .zip(at.zip(change))
                .map(|(mut changes, change): (Vec<_>, _)| {
                    changes.push(change);
                    changes
                });
        }
        changes
    }

    /// Binds the names of a table's columns, for the values of `set`; one that is bound already and
    /// read there is said.
    fn bind_columns(&mut self, id: TableId, set: &'a [Assign]) -> Columns {
        let mut columns = Columns::new();
        let Some(table) = self.world.tables.get(&id) else {
            return columns;
        };
        for (at, column) in table.columns.iter().enumerate() {
            let name = column.name();
            if collide::RESERVED.contains(&name) {
                continue;
            }
            let place = column.ast.name.span;
            if let Some(bound) = self.scope.get(name).map(|binding| binding.place) {
                let mut read = None;
                set.iter()
                    .for_each(|assign| names_in(&assign.value, name, &mut read));
                if let Some(span) = read {
                    self.diagnostics
                        .error(
                            Code::NameCollision,
                            span,
                            format!("`{name}` is a column here, and is bound above"),
                            "which of the two?",
                        )
                        .label(bound, "bound here")
                        .label(place, "the column")
                        .help("in the `set` of an `update` a column's name is its old value: bind another name above");
                }
            }
            let value = column.ty.clone().map(|ty| {
                let local = self.local(name, ty.clone());
                columns.insert(local, at);
                Bound {
                    locals: vec![local],
                    from_branches: false,
                    ty,
                    got: None,
                    united: false,
                    outcome: Vec::new(),
                }
            });
            self.scope.bind(name, Binding { place, value });
        }
        columns
    }

    fn say_not_in_database(&mut self, span: Span) {
        let text = self.text(span).to_owned();
        self.diagnostics
            .error(
                Code::BadSet,
                span,
                format!("`update` cannot compute `{text}` of each row"),
                "reads a column",
            )
            .help(
                "of columns it computes `+`, `-`, `*`, `min`, `max`, `default` and `not`; for anything else, `select` the keys and `get` and `save` each row in a `for`",
            );
    }
}

/// The value as the database computes it; else the place of the part that it cannot.
fn change(value: Expr, columns: &Columns) -> Result<Change, Span> {
    if !reads(&value, columns) {
        return Ok(Change::Value(value));
    }
    let (span, ty) = (value.span, value.ty);
    let both = |a: Expr, b: Expr| -> Result<(Box<Change>, Box<Change>), Span> {
        Ok((Box::new(change(a, columns)?), Box::new(change(b, columns)?)))
    };
    let one = |of: Expr| change(of, columns).map(Box::new);
    let float = ty == Ty::Float;
    match value.kind {
        ExprKind::Local(local) => columns
            .get(&local)
            .map(|at| Change::Column(*at))
            .ok_or(span),
        ExprKind::Binary(op, a, b) if matches!(ty, Ty::Int | Ty::Float | Ty::Time) => {
            let op = match op {
                BinaryOp::Add => Arithmetic::Add,
                BinaryOp::Sub => Arithmetic::Sub,
                BinaryOp::Mul => Arithmetic::Mul,
                _ => return Err(span),
            };
            let (left, right) = both(*a, *b)?;
            Ok(Change::Arithmetic {
                op,
                float,
                left,
                right,
            })
        }
        ExprKind::Unary(UnaryOp::Neg, of) => {
            let zero = match float {
                true => Literal::Float(0.0),
                false => Literal::Int(0),
            };
            Ok(Change::Arithmetic {
                op: Arithmetic::Sub,
                float,
                left: Box::new(Change::Value(constant(zero, ty, span))),
                right: one(*of)?,
            })
        }
        ExprKind::Unary(UnaryOp::Not, of) => one(*of).map(Change::Not),
        ExprKind::ToFloat(of) => one(*of).map(Change::ToFloat),
        ExprKind::ToInt(of) | ExprKind::ToId(of) | ExprKind::ToOptional(of) => change(*of, columns),
        ExprKind::Builtin(builtin, args) => {
            let Ok([a, b]) = <[Expr; 2]>::try_from(args) else {
                return Err(span);
            };
            let of_two = match builtin {
                Builtin::Min => Change::Least,
                Builtin::Max => Change::Greatest,
                Builtin::Default => Change::Default,
                _ => return Err(span),
            };
            let (a, b) = both(a, b)?;
            Ok(of_two(a, b))
        }
        _ => Err(span),
    }
}

/// Whether a column is read anywhere in it.
fn reads(value: &Expr, columns: &Columns) -> bool {
    let any = |parts: &[Expr]| parts.iter().any(|part| reads(part, columns));
    match &value.kind {
        ExprKind::Local(local) => columns.contains_key(local),
        ExprKind::Literal(_)
        | ExprKind::Caller
        | ExprKind::Now
        | ExprKind::Arg(_)
        | ExprKind::Config(_)
        | ExprKind::Absent => false,
        ExprKind::Column(of, _)
        | ExprKind::Pluck(of, _)
        | ExprKind::Field(of, _)
        | ExprKind::Unary(_, of)
        | ExprKind::ToFloat(of)
        | ExprKind::ToInt(of)
        | ExprKind::ToId(of)
        | ExprKind::ToOptional(of) => reads(of, columns),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => reads(a, columns) || reads(b, columns),
        ExprKind::If(a, b, c) => [a, b, c].iter().any(|part| reads(part, columns)),
        ExprKind::List(items) | ExprKind::Record(items) | ExprKind::Builtin(_, items) => any(items),
        ExprKind::Formula(call) => any(&call.args),
    }
}

/// Finds where a name is read in an expression, first.
fn names_in(expr: &ast::Expr, wanted: &str, found: &mut Option<Span>) {
    match &expr.kind {
        ast::ExprKind::Name(name) if name == wanted => {
            found.get_or_insert(expr.span);
        }
        ast::ExprKind::Field(of, _) | ast::ExprKind::Unary(_, of) => names_in(of, wanted, found),
        ast::ExprKind::Index(a, b) | ast::ExprKind::Binary(a, _, b) => {
            names_in(a, wanted, found);
            names_in(b, wanted, found);
        }
        ast::ExprKind::If(a, b, c) => {
            [a, b, c]
                .into_iter()
                .for_each(|part| names_in(part, wanted, found));
        }
        ast::ExprKind::Call(_, parts)
        | ast::ExprKind::List(parts)
        | ast::ExprKind::Holes(parts) => {
            parts.iter().for_each(|part| names_in(part, wanted, found));
        }
        ast::ExprKind::Record(fields) => {
            let parts = fields.iter().map(|(_, part)| part);
            parts.for_each(|part| names_in(part, wanted, found));
        }
        _ => {}
    }
}
