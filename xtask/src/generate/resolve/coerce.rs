//! Values where another type is wanted: the few that become one silently, and what is said of the
//! others.

use crate::generate::ast;
use crate::generate::diagnostic::Code;
use crate::generate::ir::{Expr, ExprKind, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::dates;
use super::types;

/// A type that is wanted, and by what.
pub(super) struct Wanted<'t> {
    /// The type.
    pub(super) ty: &'t Ty,
    /// What wants it, such as "the column `amount`".
    pub(super) what: String,
    /// Where that is declared.
    pub(super) declared: Option<Span>,
}

impl<'t> Wanted<'t> {
    /// Wanted by something that needs no declaration.
    pub(super) fn new(ty: &'t Ty, what: impl Into<String>) -> Self {
        Self {
            ty,
            what: what.into(),
            declared: None,
        }
    }
}

/// The expression as a value of the type; as it was where it is none. An int becomes a float or an
/// id, an id an int, a constant int a time, a constant text a player, and anything an optional.
pub(super) fn coerce(expr: Expr, want: &Ty) -> Result<Expr, Expr> {
    if expr.ty == *want {
        return Ok(expr);
    }
    if let Ty::Optional(inner) = want {
        let value = coerce(expr, inner)?;
        return Ok(wrap(value, want, ExprKind::ToOptional));
    }
    match (&expr.kind, &expr.ty, want) {
        (ExprKind::Literal(Literal::Int(value)), Ty::Int, Ty::Float) => {
            // The nearest float, as everywhere.
            let value = Literal::Float(*value as f64);
            Ok(retyped(expr, ExprKind::Literal(value), want))
        }
        (ExprKind::Literal(Literal::Int(_)), Ty::Int, Ty::Time)
        | (ExprKind::Literal(Literal::Text(_)), Ty::Text, Ty::Player)
        | (ExprKind::Literal(Literal::EmptyList), Ty::List(_), Ty::List(_)) => {
            let kind = expr.kind.clone();
            Ok(retyped(expr, kind, want))
        }
        (_, Ty::Int, Ty::Float) => Ok(wrap(expr, want, ExprKind::ToFloat)),
        (_, Ty::Int, Ty::Id) => Ok(wrap(expr, want, ExprKind::ToId)),
        (_, Ty::Id, Ty::Int) => Ok(wrap(expr, want, ExprKind::ToInt)),
        (ExprKind::List(items), Ty::List(_), Ty::List(item)) => {
            let items: Result<Vec<Expr>, Expr> = items
                .iter()
                .map(|value| coerce(value.clone(), item))
                .collect();
            match items {
                Ok(items) => Ok(retyped(expr, ExprKind::List(items), want)),
                Err(_) => Err(expr),
            }
        }
        (ExprKind::If(condition, a, b), _, Ty::Time | Ty::Player | Ty::List(_)) => {
            // Constants within branches are constants, too.
            let both =
                coerce((**a).clone(), want).and_then(|a| Ok((a, coerce((**b).clone(), want)?)));
            match both {
                Ok((a, b)) => {
                    let kind = ExprKind::If(condition.clone(), Box::new(a), Box::new(b));
                    Ok(retyped(expr, kind, want))
                }
                Err(_) => Err(expr),
            }
        }
        _ => Err(expr),
    }
}

fn wrap(expr: Expr, ty: &Ty, kind: impl FnOnce(Box<Expr>) -> ExprKind) -> Expr {
    Expr {
        ty: ty.clone(),
        span: expr.span,
        kind: kind(Box::new(expr)),
    }
}

fn retyped(expr: Expr, kind: ExprKind, ty: &Ty) -> Expr {
    Expr {
        ty: ty.clone(),
        kind,
        span: expr.span,
    }
}

/// Two values of one type, the one that both fit; as they were where there is none.
pub(super) fn meet(a: Expr, b: Expr) -> Result<(Expr, Expr), Box<(Expr, Expr)>> {
    // An int beside an id is compared as the number it is.
    if matches!((&a.ty, &b.ty), (Ty::Id, Ty::Int)) {
        let a = wrap(a, &Ty::Int, ExprKind::ToInt);
        return Ok((a, b));
    }
    match coerce(b, &a.ty) {
        Ok(b) => Ok((a, b)),
        Err(b) => match coerce(a, &b.ty) {
            Ok(a) => Ok((a, b)),
            Err(a) => Err(Box::new((a, b))),
        },
    }
}

/// The constant that the expression is, whatever it is wanted as.
pub(super) fn literal(expr: &Expr) -> Option<&Literal> {
    match &expr.kind {
        ExprKind::Literal(literal) => Some(literal),
        ExprKind::ToOptional(inner) | ExprKind::ToId(inner) => literal(inner),
        _ => None,
    }
}

impl<'a> Body<'_, 'a> {
    /// Types an expression as what is wanted; what it is instead is said.
    pub(super) fn check(&mut self, expr: &'a ast::Expr, wanted: &Wanted) -> Option<Expr> {
        let typed = self.infer(expr, Some(wanted.ty))?;
        match self.fit(typed, wanted.ty) {
            Ok(typed) => Some(typed),
            Err(typed) => {
                if !self.say_no_variant(&typed, wanted.ty) {
                    self.say_wrong_type(&typed, wanted);
                }
                None
            }
        }
    }

    /// Types a condition.
    pub(super) fn condition(&mut self, expr: &'a ast::Expr, what: &str) -> Option<Expr> {
        self.check(expr, &Wanted::new(&Ty::Bool, what))
    }

    fn say_wrong_type(&mut self, expr: &Expr, wanted: &Wanted) {
        if let Ty::Optional(inner) = &expr.ty {
            let present = Expr {
                ty: (**inner).clone(),
                ..expr.clone()
            };
            if coerce(present, wanted.ty).is_ok() {
                self.say_may_be_absent(expr, &wanted.what);
                return;
            }
        }
        let is = types::describe(self.names(), &expr.ty);
        let wants = types::describe(self.names(), wanted.ty);
        let help = self.help_with_type(expr, wanted.ty);
        let diagnostic = self.diagnostics.error(
            Code::WrongType,
            expr.span,
            format!("{} wants {wants}, and this is {is}", wanted.what),
            format!("this is {is}"),
        );
        if let Some(declared) = wanted.declared {
            diagnostic.label(declared, "declared here");
        }
        diagnostic.help(help.unwrap_or_else(|| format!("give it {wants}")));
    }

    fn help_with_type(&self, expr: &Expr, want: &Ty) -> Option<String> {
        let text = self.text(expr.span);
        if let Ty::Enum(id) = types::present(want)
            && self.names().variant(*id, text).is_some()
        {
            let name = &self.names().declared_enum(*id).name.value;
            return Some(format!(
                "`{text}` is a name bound above; the variant is `{name}.{text}`"
            ));
        }
        if let (Ty::Enum(id), Some(Literal::Text(word))) = (types::present(want), literal(expr))
            && self.names().variant(*id, word).is_some()
        {
            return Some(format!("a variant has no quotes: `{word}`"));
        }
        match (types::present(want), &expr.ty) {
            (Ty::Int, Ty::Float) => Some(
                "of floats none is made an int; multiply and divide ints, as in `x * 3 / 2`"
                    .to_owned(),
            ),
            (Ty::Bool, Ty::Int | Ty::Float) => Some(format!("compare it, as in `{text} > 0`")),
            (Ty::Bool, Ty::Optional(_)) => {
                Some(format!("ask whether it is there: `found({text})`"))
            }
            (Ty::Int, Ty::Bool) => Some(format!("write `if {text} {{ 1 }} else {{ 0 }}`")),
            (Ty::Int, Ty::Time) => Some(
                "the time between two is an int, in milliseconds: subtract one from the other"
                    .to_owned(),
            ),
            (Ty::Time, Ty::Text) => Some(format!("a day is written {}", dates::FORM)),
            (Ty::Time, Ty::Int) => Some("add it to a time, as in `now + hours(1)`".to_owned()),
            (_, Ty::Row(table)) => {
                let column = self.world.tables.get(table)?.columns.last()?.name();
                Some(format!("take a column of it, such as `{text}.{column}`"))
            }
            (_, Ty::Reply(function)) => {
                let signature = self.world.signatures.get(function)?;
                let (field, _) = signature.reply.first()?;
                Some(format!("take a field of it, such as `{text}.{field}`"))
            }
            _ => None,
        }
    }

    /// Says that a value may be absent where `what` needs one.
    pub(super) fn say_may_be_absent(&mut self, expr: &Expr, what: &str) {
        let text = self.text(expr.span).to_owned();
        self.diagnostics
            .error(
                Code::MayBeAbsent,
                expr.span,
                format!("{what} wants a value, and `{text}` may be absent"),
                "may be absent",
            )
            .help(format!(
                "say what stands in its place: `default({text}, ...)`; `found({text})` asks whether it is there"
            ));
    }
}
