//! Operators: what they take and what comes out.

use crate::generate::ast::{self, BinaryOp, UnaryOp};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Expr, ExprKind, Literal, Ty};
use crate::generate::source::{Span, Spanned};

use super::body::Body;
use super::coerce::Wanted;
use super::expr::constant;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `-a`, `not a`.
    pub(super) fn unary(&mut self, op: UnaryOp, inner: &'a ast::Expr, span: Span) -> Option<Expr> {
        if op == UnaryOp::Not {
            let inner = self.condition(inner, "`not`")?;
            return Some(Expr {
                ty: Ty::Bool,
                kind: ExprKind::Unary(op, Box::new(inner)),
                span,
            });
        }
        let inner = self.infer(inner, None)?;
        match &inner.kind {
            // A negative constant is a constant.
            ExprKind::Literal(Literal::Int(value)) => {
                if let Some(value) = value.checked_neg() {
                    return Some(constant(Literal::Int(value), Ty::Int, span));
                }
            }
            ExprKind::Literal(Literal::Float(value)) => {
                return Some(constant(Literal::Float(-value), Ty::Float, span));
            }
            _ => {}
        }
        if !types::is_number(&inner.ty) {
            self.say_operand(&inner, "`-`", "an int or a float");
            return None;
        }
        Some(Expr {
            ty: inner.ty.clone(),
            kind: ExprKind::Unary(op, Box::new(inner)),
            span,
        })
    }

    /// An operator between two operands.
    pub(super) fn binary(
        &mut self,
        left: &'a ast::Expr,
        op: &Spanned<BinaryOp>,
        right: &'a ast::Expr,
        span: Span,
    ) -> Option<Expr> {
        let sign = format!("`{}`", self.text(op.span));
        let op = op.value;
        let (left, right, ty) = match op {
            BinaryOp::And | BinaryOp::Or => {
                let wanted = Wanted::new(&Ty::Bool, sign);
                let left = self.check(left, &wanted);
                let right = self.check(right, &wanted);
                (left?, right?, Ty::Bool)
            }
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => {
                let (left, right) = self.compared(left, right)?;
                let ordering = !matches!(op, BinaryOp::Eq | BinaryOp::Ne);
                let (left, right) = self.comparable(&sign, ordering, left, right)?;
                (left, right, Ty::Bool)
            }
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div | BinaryOp::Rem => {
                let (left, right) = self.pair(left, right, None)?;
                return self.arithmetic(op, &sign, left, right, span);
            }
        };
        Some(Expr {
            ty,
            kind: ExprKind::Binary(op, Box::new(left), Box::new(right)),
            span,
        })
    }

    /// Both sides of a comparison, of which one may be the name of an outcome of the other.
    fn compared(&mut self, left: &'a ast::Expr, right: &'a ast::Expr) -> Option<(Expr, Expr)> {
        if let Some(named) = self.outcome_named(right, left) {
            return Some((self.infer(left, None)?, named));
        }
        if let Some(named) = self.outcome_named(left, right) {
            return Some((named, self.infer(right, None)?));
        }
        self.pair(left, right, None)
    }

    /// Two operands of a comparison: of one type, one that has what is asked.
    fn comparable(
        &mut self,
        sign: &str,
        ordering: bool,
        left: Expr,
        right: Expr,
    ) -> Option<(Expr, Expr)> {
        if self.any_absent(sign, [&left, &right]) {
            return None;
        }
        let (left, right) = self.agree(&format!("both sides of {sign}"), left, right)?;
        let can = if ordering {
            types::is_ordered(&left.ty)
        } else {
            types::is_scalar(&left.ty)
        };
        if !can {
            let is = types::describe(self.names(), &left.ty);
            let help = match (&left.ty, ordering) {
                (Ty::Row(_) | Ty::Reply(_), _) => "compare columns or fields of them",
                (Ty::Named(_) | Ty::Record(_), _) => "compare fields of them",
                (Ty::Map(..), _) => "compare `len(...)`, or ask `contains(map, key)`",
                (Ty::List(_), _) => "compare `len(...)`, or ask `contains(list, x)`",
                _ => "ask whether they are equal: `==`, `!=`",
            };
            self.diagnostics
                .error(
                    Code::WrongType,
                    left.span,
                    format!("{sign} cannot compare {is} with another one"),
                    format!("this is {is}"),
                )
                .label(right.span, format!("and this is {is}"))
                .help(help);
            return None;
        }
        Some((left, right))
    }

    fn arithmetic(
        &mut self,
        op: BinaryOp,
        sign: &str,
        left: Expr,
        right: Expr,
        span: Span,
    ) -> Option<Expr> {
        if self.any_absent(sign, [&left, &right]) {
            return None;
        }
        let whole = |ty: Ty, left: Expr, right: Expr| {
            Some(Expr {
                ty,
                kind: ExprKind::Binary(op, Box::new(left), Box::new(right)),
                span,
            })
        };
        match (op, &left.ty, &right.ty) {
            (BinaryOp::Sub, Ty::Time, Ty::Time) => return whole(Ty::Int, left, right),
            (BinaryOp::Add | BinaryOp::Sub, Ty::Time, Ty::Int) => {
                return whole(Ty::Time, left, right);
            }
            // Emitters know the time on the left alone.
            (BinaryOp::Add, Ty::Int, Ty::Time) => return whole(Ty::Time, right, left),
            _ => {}
        }
        let wants = match op {
            BinaryOp::Rem => "ints",
            _ => "ints or floats",
        };
        let mut fits = true;
        for operand in [&left, &right] {
            let can = match op {
                BinaryOp::Rem => operand.ty == Ty::Int,
                _ => types::is_number(&operand.ty),
            };
            if !can {
                self.say_operand(operand, sign, wants);
                fits = false;
            }
        }
        if !fits {
            return None;
        }
        let (left, right) = self.agree(&format!("both sides of {sign}"), left, right)?;
        whole(left.ty.clone(), left, right)
    }

    /// Says which of the operands may be absent; whether one is.
    pub(super) fn any_absent<'e>(
        &mut self,
        what: &str,
        operands: impl IntoIterator<Item = &'e Expr>,
    ) -> bool {
        let mut any = false;
        for operand in operands {
            if let Ty::Optional(_) = operand.ty {
                self.say_may_be_absent(operand, what);
                any = true;
            }
        }
        any
    }

    fn say_operand(&mut self, operand: &Expr, sign: &str, wants: &str) {
        let is = types::describe(self.names(), &operand.ty);
        let help = match &operand.ty {
            Ty::Text if sign == "`+`" => "texts are joined by `concat(a, b)`",
            Ty::List(_) if sign == "`+`" => "lists are joined by `concat(a, b)`",
            Ty::Time => {
                "a time takes `+` and `-` with an int in milliseconds, and `-` with another time"
            }
            Ty::Bool => "count it as `if x { 1 } else { 0 }`",
            Ty::Float => "`%` is the rest of a division of ints",
            Ty::Row(_) | Ty::Reply(_) => "name a column or a field of it, as in `row.amount`",
            Ty::Enum(_) => {
                "a variant is no number here, also where it travels as one: it is compared, not counted with"
            }
            Ty::Id => "an id only names a row: it is compared, not counted with",
            _ => "only numbers and times are counted with",
        };
        self.diagnostics
            .error(
                Code::WrongType,
                operand.span,
                format!("{sign} takes {wants}, and this is {is}"),
                format!("this is {is}"),
            )
            .help(help);
    }
}
