//! The built-ins of the calendar and of chance.

use crate::generate::ast;
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::ir::{self, Builtin, Calendar, Expr, ExprKind, Literal, Ty};

use super::body::Body;
use super::coerce::{Wanted, literal};

impl<'a> Body<'_, 'a> {
    /// `start_of(day, t)`: which part of the calendar, and the time.
    pub(super) fn start_of(&mut self, args: &'a [ast::Expr]) -> Option<(Builtin, Expr)> {
        let [unit, time] = args else {
            return None;
        };
        let time = self.check(time, &Wanted::new(&Ty::Time, "`start_of`"));
        let word = match &unit.kind {
            ast::ExprKind::Name(word) => Some(word.as_str()),
            ast::ExprKind::Error => return None,
            _ => None,
        };
        let found = Calendar::ALL.iter().find(|(name, _)| Some(*name) == word);
        let Some((_, calendar)) = found else {
            let text = self.text(unit.span).to_owned();
            let words = Calendar::ALL.map(|(name, _)| name);
            self.diagnostics
                .error(
                    Code::UnknownName,
                    unit.span,
                    format!("nothing is called `{text}` that a time could start with"),
                    "not a part of the calendar",
                )
                .maybe_help(did_you_mean(&text, words));
            return None;
        };
        Some((Builtin::StartOf(*calendar), time?))
    }

    /// `random(a, b)`
    pub(super) fn random(&mut self, args: &'a [ast::Expr]) -> Option<Vec<Expr>> {
        let wanted = Wanted::new(&Ty::Int, "`random`");
        let args: Vec<_> = args.iter().map(|arg| self.check(arg, &wanted)).collect();
        let args = args.into_iter().collect::<Option<Vec<Expr>>>()?;
        if let [low, high] = args.as_slice()
            && let (Some(Literal::Int(a)), Some(Literal::Int(b))) = (literal(low), literal(high))
            && a > b
        {
            self.diagnostics
                .error(
                    Code::BadBounds,
                    high.span,
                    format!("no number is from {a} to {b}"),
                    "less than the lower end",
                )
                .label(low.span, "the lower end")
                .help(format!("write `random({b}, {a})`: both ends are possible"));
            return None;
        }
        Some(args)
    }

    /// `chance(p)`
    pub(super) fn chance(&mut self, args: &'a [ast::Expr]) -> Option<Vec<Expr>> {
        let p = self.check(args.first()?, &Wanted::new(&Ty::Float, "`chance`"))?;
        if let Some(Literal::Float(value)) = literal(&p)
            && !(0.0..=1.0).contains(value)
        {
            let help = if (1.0..=100.0).contains(value) {
                format!("for {value} percent write `chance({})`", value / 100.0)
            } else {
                "0 is never, 1 is always, 0.5 is every other time".to_owned()
            };
            self.diagnostics
                .error(
                    Code::BadBounds,
                    p.span,
                    "a chance is from 0 to 1",
                    "outside",
                )
                .help(help);
            return None;
        }
        Some(vec![p])
    }

    /// Says where a row would be looked up by one random value and made with another one.
    pub(super) fn say_random_key(&mut self, by: &[(ir::ColumnIndex, Expr)]) -> bool {
        let random = by.iter().find(|(_, value)| throws(value));
        if let Some((_, value)) = random {
            self.diagnostics
                .error(
                    Code::RandomKey,
                    value.span,
                    "with `or: default`, a row is looked up by a value and made with it",
                    "another value each time",
                )
                .help("bind it above by a `let`, and name that here");
        }
        random.is_some()
    }
}

/// Whether an expression has another value each time.
fn throws(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Builtin(Builtin::Random | Builtin::Chance, _) => true,
        ExprKind::Formula(call) => call.args.iter().any(throws),
        ExprKind::Builtin(_, items) | ExprKind::List(items) => items.iter().any(throws),
        ExprKind::Column(a, _)
        | ExprKind::Pluck(a, _)
        | ExprKind::Field(a, _)
        | ExprKind::Unary(_, a)
        | ExprKind::ToFloat(a)
        | ExprKind::ToInt(a)
        | ExprKind::ToId(a)
        | ExprKind::ToOptional(a) => throws(a),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => throws(a) || throws(b),
        ExprKind::If(a, b, c) => throws(a) || throws(b) || throws(c),
        _ => false,
    }
}
