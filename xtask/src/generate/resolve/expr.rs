//! Expressions get types. What is wanted is passed down as a hint, so that bare variants and empty
//! lists find theirs; whether the result is what is wanted, `coerce` decides.

use crate::generate::ast::{self, UnaryOp};
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Expr, ExprKind, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::coerce::{Wanted, coerce, meet};
use super::dates;
use super::types;

impl<'a> Body<'_, 'a> {
    /// Types an expression. `hint` says what its place wants; the result may be of another type.
    pub(super) fn infer(&mut self, expr: &'a ast::Expr, hint: Option<&Ty>) -> Option<Expr> {
        let span = expr.span;
        match &expr.kind {
            ast::ExprKind::Int(value) => Some(constant(Literal::Int(*value), Ty::Int, span)),
            ast::ExprKind::Float(value) => Some(constant(Literal::Float(*value), Ty::Float, span)),
            ast::ExprKind::Bool(value) => Some(constant(Literal::Bool(*value), Ty::Bool, span)),
            ast::ExprKind::Text(value) => {
                Some(constant(Literal::Text(value.clone()), Ty::Text, span))
            }
            ast::ExprKind::Name(name) => self.name(name, span, hint),
            ast::ExprKind::Field(base, field) => self.field(base, field, span),
            ast::ExprKind::Index(list, at) => self.index(list, at, span),
            ast::ExprKind::Call(name, args) => self.builtin(name, args, span, hint),
            ast::ExprKind::Unary(op, inner) => self.unary(*op, inner, span),
            ast::ExprKind::Binary(left, op, right) => self.binary(left, op, right, span),
            ast::ExprKind::If(condition, then, otherwise) => {
                let condition = self.condition(condition, "the condition of an `if`");
                let branches = self.pair(then, otherwise, hint);
                let (condition, (then, otherwise)) = (condition?, branches?);
                let (then, otherwise) =
                    self.agree("the two branches of an `if`", then, otherwise)?;
                if types::has_shape(&then.ty) {
                    let is = types::describe(self.names(), &then.ty);
                    self.diagnostics
                        .error(
                            Code::WrongType,
                            span,
                            format!("an `if` chooses between plain values, and these are {is}"),
                            "cannot be chosen between",
                        )
                        .help("choose between their fields, one by one");
                    return None;
                }
                Some(Expr {
                    ty: then.ty.clone(),
                    kind: ExprKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)),
                    span,
                })
            }
            ast::ExprKind::List(items) => self.list(items, span, hint),
            ast::ExprKind::Error => None,
            ast::ExprKind::Holes(parts) => self.holes(parts, span),
            ast::ExprKind::Record(fields) => self.record_value(fields, span, hint),
        }
    }

    /// Types two expressions that are to be of one type: the one that has a type of its own first,
    /// so that it is the hint for the other one.
    pub(super) fn pair(
        &mut self,
        a: &'a ast::Expr,
        b: &'a ast::Expr,
        hint: Option<&Ty>,
    ) -> Option<(Expr, Expr)> {
        if self.leans(a) && !self.leans(b) {
            let b = self.infer(b, hint);
            let a = self.beside(a, b.as_ref(), hint);
            return a.zip(b);
        }
        let a = self.infer(a, hint);
        let b = self.beside(b, a.as_ref(), hint);
        a.zip(b)
    }

    /// Types an expression that is to be of the other one's type.
    fn beside(
        &mut self,
        expr: &'a ast::Expr,
        other: Option<&Expr>,
        hint: Option<&Ty>,
    ) -> Option<Expr> {
        match other {
            Some(other) => {
                let ty = types::present(&other.ty).clone();
                self.infer(expr, hint.or(Some(&ty)))
            }
            None => {
                self.look(expr, hint);
                None
            }
        }
    }

    /// Types an expression for the sake of its mistakes, where its place has one already.
    pub(super) fn look(&mut self, expr: &'a ast::Expr, hint: Option<&Ty>) {
        if hint.is_some() || !self.leans(expr) {
            self.infer(expr, hint);
        }
    }

    /// Whether the type of an expression depends on its place.
    fn leans(&self, expr: &ast::Expr) -> bool {
        match &expr.kind {
            ast::ExprKind::Int(_) | ast::ExprKind::Text(_) => true,
            ast::ExprKind::Name(name) => {
                self.scope.get(name).is_none() && !self.names().variants(name).is_empty()
            }
            ast::ExprKind::If(_, then, otherwise) => self.leans(then) && self.leans(otherwise),
            ast::ExprKind::List(items) => items.iter().all(|item| self.leans(item)),
            ast::ExprKind::Record(_) => true,
            ast::ExprKind::Unary(UnaryOp::Neg, inner) => self.leans(inner),
            ast::ExprKind::Call(_, args) => {
                !args.is_empty() && args.iter().all(|arg| self.leans(arg))
            }
            _ => false,
        }
    }

    /// Two values of one type; where they are not, that is said of `what`.
    pub(super) fn agree(&mut self, what: &str, a: Expr, b: Expr) -> Option<(Expr, Expr)> {
        let met = meet(a, b).or_else(|both| self.both_numbers(both.0, both.1));
        match met {
            Ok(both) => Some(both),
            Err(both) => {
                let (a, b) = *both;
                let types = [&a, &b].map(|e| types::describe(self.names(), &e.ty));
                let number = [(&a, &b), (&b, &a)].into_iter().find_map(|(one, other)| {
                    match (&one.kind, &other.ty) {
                        (ExprKind::Literal(Literal::Text(text)), Ty::Int | Ty::Float) => {
                            text.parse::<f64>().ok().map(|_| text.clone())
                        }
                        _ => None,
                    }
                });
                let help = match number {
                    Some(number) => format!("a number has no quotes: `{number}`"),
                    None if matches!(
                        (&a.ty, &b.ty),
                        (Ty::Time, Ty::Text) | (Ty::Text, Ty::Time)
                    ) =>
                    {
                        format!("a day is written {}", dates::FORM)
                    }
                    None => "give both the same type".to_owned(),
                };
                self.diagnostics
                    .error(
                        Code::WrongType,
                        b.span,
                        format!(
                            "{what} want one type, and these are {} and {}",
                            types[0], types[1]
                        ),
                        format!("this is {}", types[1]),
                    )
                    .label(a.span, format!("this is {}", types[0]))
                    .help(help);
                None
            }
        }
    }

    fn list(&mut self, items: &'a [ast::Expr], span: Span, hint: Option<&Ty>) -> Option<Expr> {
        let hint = match hint.map(types::present) {
            Some(Ty::List(item)) => Some((**item).clone()),
            _ => None,
        };
        if items.is_empty() {
            let Some(item) = hint else {
                self.diagnostics
                    .error(Code::WrongType, span, "nothing says what this list is a list of", "empty")
                    .help("an empty list can stand where a column, an arg or another list says its type");
                return None;
            };
            return Some(constant(Literal::EmptyList, Ty::List(Box::new(item)), span));
        }
        // The first item with a type of its own is the hint for the others.
        let first = items.iter().position(|item| !self.leans(item)).unwrap_or(0);
        let lead = self.infer(&items[first], hint.as_ref());
        let of_lead = || lead.as_ref().map(|lead| types::present(&lead.ty).clone());
        let beside = hint.clone().or_else(of_lead);
        let mut typed: Vec<Option<Expr>> = Vec::new();
        let mut lead = Some(lead);
        for (at, item) in items.iter().enumerate() {
            let item = match lead.take_if(|_| at == first) {
                Some(lead) => lead,
                None if beside.is_some() => self.infer(item, beside.as_ref()),
                None => {
                    self.look(item, None);
                    None
                }
            };
            typed.push(item.map(|item| self.hinted(item, hint.as_ref())));
        }
        let mut typed = typed
            .into_iter()
            .collect::<Option<Vec<Expr>>>()?
            .into_iter();
        let mut same = vec![typed.next()?];
        for item in typed {
            let lead = same[0].clone();
            let (lead, item) = self.agree("the items of a list", lead, item)?;
            // Where the new item widened the type, those before it follow.
            let widened = same.into_iter().map(|before| coerce(before, &lead.ty));
            same = widened.collect::<Result<_, _>>().ok()?;
            same.push(item);
        }
        let ty = same[0].ty.clone();
        if !types::is_plain(&ty) {
            let is = types::describe(self.names(), &ty);
            self.diagnostics
                .error(
                    Code::WrongType,
                    span,
                    format!("a list holds plain values, and these are {is}"),
                    "cannot be listed",
                )
                .help("list plain values, such as ints or texts that are always there");
            return None;
        }
        Some(Expr {
            ty: Ty::List(Box::new(ty)),
            kind: ExprKind::List(same),
            span,
        })
    }

    fn index(&mut self, list: &'a ast::Expr, at: &'a ast::Expr, span: Span) -> Option<Expr> {
        let Some(list) = self.infer(list, None) else {
            self.look(at, None);
            return None;
        };
        if let Ty::Map(..) = list.ty {
            return self.entry(list, at, span);
        }
        let at = self.check(at, &Wanted::new(&Ty::Int, "the place in a list"));
        let Ty::List(item) = &list.ty else {
            let is = types::describe(self.names(), &list.ty);
            let (label, help) = match &list.ty {
                Ty::Tuple(_) => (
                    "of a fixed length, its places have no names",
                    types::NAME_PARTS,
                ),
                _ => (
                    "neither a list nor a map",
                    "places count from 0 in lists; a map has keys",
                ),
            };
            self.diagnostics
                .error(
                    Code::WrongType,
                    list.span,
                    format!("`[...]` takes an item out of a list or a map, and this is {is}"),
                    label,
                )
                .help(help);
            return None;
        };
        Some(Expr {
            ty: (**item).clone(),
            kind: ExprKind::Index(Box::new(list.clone()), Box::new(at?)),
            span,
        })
    }
}

/// A constant of that type.
pub(super) fn constant(value: Literal, ty: Ty, span: Span) -> Expr {
    Expr {
        ty,
        kind: ExprKind::Literal(value),
        span,
    }
}
