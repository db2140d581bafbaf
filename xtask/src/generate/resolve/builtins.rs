//! The built-in functions of expressions.

use crate::generate::ast;
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::ir::{Builtin, Calendar, Expr, ExprKind, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::coerce::Wanted;
use super::types;
use super::{dates, foreign};

/// How many args a built-in takes: at least, at most.
type Arity = (usize, usize);

/// Any number.
const MANY: usize = usize::MAX;

/// All built-ins, and how they are written.
const ALL: [(&str, Builtin, Arity, &str); 23] = [
    ("min", Builtin::Min, (2, MANY), "min(a, b)"),
    ("max", Builtin::Max, (2, MANY), "max(a, b)"),
    ("abs", Builtin::Abs, (1, 1), "abs(a)"),
    ("clamp", Builtin::Clamp, (3, 3), "clamp(x, low, high)"),
    ("len", Builtin::Len, (1, 1), "len(list)"),
    ("sum", Builtin::Sum, (1, 1), "sum(list)"),
    ("contains", Builtin::Contains, (2, 2), "contains(list, x)"),
    ("concat", Builtin::Concat, (2, MANY), "concat(a, b)"),
    ("lower", Builtin::Lower, (1, 1), "lower(text)"),
    ("found", Builtin::Found, (1, 1), "found(x)"),
    ("default", Builtin::Default, (2, 2), "default(x, instead)"),
    ("seconds", Builtin::Seconds, (1, 1), "seconds(n)"),
    ("minutes", Builtin::Minutes, (1, 1), "minutes(n)"),
    ("hours", Builtin::Hours, (1, 1), "hours(n)"),
    ("days", Builtin::Days, (1, 1), "days(n)"),
    (
        "start_of",
        Builtin::StartOf(Calendar::Day),
        (2, 2),
        "start_of(day, t)",
    ),
    ("day_of", Builtin::DayOf, (1, 1), "day_of(t)"),
    (
        "day_of_month",
        Builtin::DayOfMonth,
        (1, 1),
        "day_of_month(t)",
    ),
    ("random", Builtin::Random, (2, 2), "random(1, 6)"),
    ("chance", Builtin::Chance, (1, 1), "chance(0.3)"),
    ("keys", Builtin::Keys, (1, 1), "keys(map)"),
    ("tier", Builtin::Tier, (2, 2), "tier(list, x)"),
    ("range", Builtin::Range, (2, 2), "range(a, b)"),
];

/// The names of all built-in functions. For what describes the language elsewhere, so that it misses
/// none.
pub fn built_ins<'n>() -> impl Iterator<Item = &'n str> {
    ALL.iter().map(|(name, ..)| *name).chain([dates::NAME])
}

impl<'a> Body<'_, 'a> {
    /// `min(a, b)` and the like.
    pub(super) fn builtin(
        &mut self,
        name: &'a Name,
        args: &'a [ast::Expr],
        span: Span,
        hint: Option<&Ty>,
    ) -> Option<Expr> {
        if name.value == dates::NAME {
            return self.date(args, span);
        }
        let Some((_, builtin, (least, most), form)) =
            ALL.iter().find(|(known, ..)| *known == name.value)
        else {
            if let Some(id) = self.names().formula_id(&name.value) {
                return self.formula_call(id, name, args, span);
            }
            args.iter().for_each(|arg| self.look(arg, None));
            self.say_unknown_builtin(name);
            return None;
        };
        if args.len() < *least || args.len() > *most {
            // `day` in `start_of(day, t)` is no value.
            let words = usize::from(matches!(builtin, Builtin::StartOf(_)));
            let values = args.iter().skip(words);
            values.for_each(|arg| self.look(arg, None));
            let (code, how) = if args.len() < *least {
                (Code::MissingArg, "too few")
            } else {
                (Code::ExtraArg, "too many")
            };
            self.diagnostics
                .error(
                    code,
                    span,
                    format!("`{}` has {how} args: {}", name.value, args.len()),
                    how,
                )
                .help(format!("it is written `{form}`"));
            return None;
        }
        let what = format!("`{}`", name.value);
        let (ty, args) = match builtin {
            Builtin::Min | Builtin::Max => return self.fold(*builtin, &what, args, span, hint),
            Builtin::Concat => return self.fold(*builtin, &what, args, span, hint),
            Builtin::Clamp => self.clamp(&what, args)?,
            Builtin::Abs => {
                let arg = self.infer(&args[0], None)?;
                self.must(&what, &arg, types::is_number(&arg.ty), "an int or a float")?;
                (arg.ty.clone(), vec![arg])
            }
            Builtin::Len => {
                let arg = self.infer(&args[0], None)?;
                let can = matches!(arg.ty, Ty::List(_) | Ty::Map(..) | Ty::Text);
                self.must(&what, &arg, can, "a list, a map or a text")?;
                (Ty::Int, vec![arg])
            }
            Builtin::Sum => {
                let ints = Ty::List(Box::new(Ty::Int));
                let of = self.infer(&args[0], Some(&ints))?;
                if !matches!(&of.ty, Ty::Map(_, value) if **value == Ty::Int) {
                    let can = of.ty == ints;
                    self.must(&what, &of, can, "a list of ints, or a map to ints")?;
                }
                (Ty::Int, vec![of])
            }
            Builtin::Contains => (Ty::Bool, self.contains(&what, args)?),
            Builtin::Lower => {
                let arg = self.check(&args[0], &Wanted::new(&Ty::Text, what))?;
                (Ty::Text, vec![arg])
            }
            Builtin::Found => (Ty::Bool, vec![self.optional(&what, &args[0])?]),
            Builtin::Default => self.default(&what, args)?,
            Builtin::Seconds | Builtin::Minutes | Builtin::Hours | Builtin::Days => {
                let arg = self.check(&args[0], &Wanted::new(&Ty::Int, what))?;
                (Ty::Int, vec![arg])
            }
            Builtin::ToText | Builtin::ToNumber | Builtin::ToVariant | Builtin::ToMap => {
                unreachable!("has no name")
            }
            Builtin::StartOf(_) => {
                let (builtin, time) = self.start_of(args)?;
                let kind = ExprKind::Builtin(builtin, vec![time]);
                return Some(Expr {
                    ty: Ty::Time,
                    kind,
                    span,
                });
            }
            Builtin::DayOf | Builtin::DayOfMonth => {
                let arg = self.check(&args[0], &Wanted::new(&Ty::Time, what))?;
                (Ty::Int, vec![arg])
            }
            Builtin::Random | Builtin::Chance if self.say_not_in_formula(&what, span) => {
                return None;
            }
            Builtin::Random => (Ty::Int, self.random(args)?),
            Builtin::Chance => (Ty::Bool, self.chance(args)?),
            Builtin::Tier => {
                let list = self.infer(&args[0], None)?;
                let Ty::List(item) = &list.ty else {
                    self.must(&what, &list, false, "a list of ints, floats or times")?;
                    return None;
                };
                let item = (**item).clone();
                let can = types::is_number(&item) || item == Ty::Time;
                self.must(&what, &list, can, "a list of ints, floats or times")?;
                let x = self.check(&args[1], &Wanted::new(&item, what))?;
                (Ty::Int, vec![list, x])
            }
            Builtin::Range => {
                let [first, end] = [&args[0], &args[1]]
                    .map(|arg| self.check(arg, &Wanted::new(&Ty::Int, what.as_str())));
                (Ty::List(Box::new(Ty::Int)), vec![first?, end?])
            }
            Builtin::Keys => {
                let map = self.infer(&args[0], None)?;
                let Ty::Map(key, _) = &map.ty else {
                    self.must(&what, &map, false, "a map")?;
                    return None;
                };
                (Ty::List(key.clone()), vec![map])
            }
        };
        Some(Expr {
            ty,
            kind: ExprKind::Builtin(*builtin, args),
            span,
        })
    }

    fn say_unknown_builtin(&mut self, name: &Name) {
        let names = self.names();
        // A formula is of no manager.
        let manager = Some(self.id.0).filter(|_| self.formula.is_none());
        let in_manager = |id| names.faults.in_manager(&names.manager(id).ast.name);
        // It may have been one of the formulas that an earlier stage left out.
        if names.faults.in_types() || manager.is_some_and(in_manager) {
            return;
        }
        let own = manager.and_then(|id| names.own_function(id, &name.value));
        let calls_function = own.is_some();
        let help = if matches!(name.value.as_str(), "now" | "caller") {
            Some(format!("write `{}`, without parentheses", name.value))
        } else if calls_function {
            Some(format!(
                "call a function in a step of its own: `- call: {}`",
                name.value
            ))
        } else if let Some(instead) = foreign::instead(&name.value) {
            Some(instead.to_owned())
        } else {
            let formulas = names.formulas.iter().map(|f| f.name.value.as_str());
            did_you_mean(
                &name.value,
                built_ins().map(|word| -> &str { word }).chain(formulas),
            )
        };
        self.diagnostics
            .error(
                Code::UnknownName,
                name.span,
                format!("there is no built-in and no formula `{}`", name.value),
                "not a function of expressions",
            )
            .maybe_help(help);
    }

    /// A built-in of two that takes more by going through them: `min(a, b, c)` is `min(min(a, b), c)`.
    fn fold(
        &mut self,
        builtin: Builtin,
        what: &str,
        args: &'a [ast::Expr],
        span: Span,
        hint: Option<&Ty>,
    ) -> Option<Expr> {
        let (a, b) = self.pair(&args[0], &args[1], hint)?;
        let mut rest = vec![b];
        for arg in &args[2..] {
            rest.push(self.infer(arg, Some(types::present(&a.ty)))?);
        }
        let mut folded = a;
        for next in rest {
            for arg in [&folded, &next] {
                let (can, wants) = match (builtin, &arg.ty) {
                    (Builtin::Concat, Ty::Text | Ty::List(_)) => (true, ""),
                    (Builtin::Concat, _) => (false, "a text or a list"),
                    (_, Ty::Int | Ty::Float | Ty::Time) => (true, ""),
                    _ => (false, "an int, a float or a time"),
                };
                self.must(what, arg, can, wants)?;
            }
            let (a, b) = self.agree(&format!("the args of {what}"), folded, next)?;
            folded = Expr {
                ty: a.ty.clone(),
                kind: ExprKind::Builtin(builtin, vec![a, b]),
                span,
            };
        }
        Some(folded)
    }

    fn clamp(&mut self, what: &str, args: &'a [ast::Expr]) -> Option<(Ty, Vec<Expr>)> {
        let (x, low) = self.pair(&args[0], &args[1], None)?;
        let high = self.infer(&args[2], Some(types::present(&x.ty)))?;
        for arg in [&x, &low, &high] {
            let can = types::is_number(&arg.ty) || arg.ty == Ty::Time;
            self.must(what, arg, can, "an int, a float or a time")?;
        }
        let same = format!("the args of {what}");
        let (x, low) = self.agree(&same, x, low)?;
        let (low, high) = self.agree(&same, low, high)?;
        // A float among the bounds makes floats of all.
        let (x, low) = self.agree(&same, x, low)?;
        Some((x.ty.clone(), vec![x, low, high]))
    }

    fn contains(&mut self, what: &str, args: &'a [ast::Expr]) -> Option<Vec<Expr>> {
        let list = self.infer(&args[0], None);
        let Some(list) = list else {
            self.look(&args[1], None);
            return None;
        };
        if let Ty::Map(key, _) = &list.ty {
            let key = (**key).clone();
            let x = self.check(&args[1], &Wanted::new(&key, "a key of the map"))?;
            return Some(vec![list, x]);
        }
        let Ty::List(item) = &list.ty else {
            self.look(&args[1], None);
            return self
                .must(what, &list, false, "a list or a map")
                .map(|()| Vec::new());
        };
        let item = (**item).clone();
        if !types::is_plain(&item) {
            let help = "take a column of them, as in `contains(rows.item, x)`";
            let is = types::describe(self.names(), &list.ty);
            self.diagnostics
                .error(
                    Code::WrongType,
                    list.span,
                    format!("{what} looks for a plain value, and this is {is}"),
                    format!("this is {is}"),
                )
                .help(help);
            return None;
        }
        let wanted = Wanted::new(&item, "an item of the list");
        let x = self.check(&args[1], &wanted)?;
        Some(vec![list, x])
    }

    fn default(&mut self, what: &str, args: &'a [ast::Expr]) -> Option<(Ty, Vec<Expr>)> {
        let Some(value) = self.optional(what, &args[0]) else {
            self.look(&args[1], None);
            return None;
        };
        let ty = types::present(&value.ty).clone();
        if let Ty::Row(_) = ty {
            let text = self.text(value.span).to_owned();
            self.look(&args[1], None);
            self.diagnostics
                .error(
                    Code::WrongType,
                    value.span,
                    format!("`default` takes a value, and `{text}` is a whole row"),
                    "a row that may be absent",
                )
                .help(format!(
                    "take a column of it, as in `default({text}.amount, 0)`"
                ));
            return None;
        }
        let instead = self.check(&args[1], &Wanted::new(&ty, what))?;
        Some((ty, vec![value, instead]))
    }

    /// The arg of `found` and `default`: something that may be absent.
    fn optional(&mut self, what: &str, arg: &'a ast::Expr) -> Option<Expr> {
        let value = self.infer(arg, None)?;
        if !matches!(value.ty, Ty::Optional(_)) {
            let text = self.text(value.span).to_owned();
            self.diagnostics
                .error(
                    Code::WrongType,
                    value.span,
                    format!("{what} asks for what may be absent, and `{text}` never is"),
                    "always there",
                )
                .help("optional columns and args, and what `or: none` binds, may be absent");
            return None;
        }
        Some(value)
    }

    /// Says that a built-in cannot take an arg, where it cannot.
    fn must(&mut self, what: &str, arg: &Expr, can: bool, wants: &str) -> Option<()> {
        if can {
            return Some(());
        }
        if !self.any_absent(what, [arg]) {
            let is = types::describe(self.names(), &arg.ty);
            self.diagnostics
                .error(
                    Code::WrongType,
                    arg.span,
                    format!("{what} takes {wants}, and this is {is}"),
                    format!("this is {is}"),
                )
                .help(format!("give it {wants}"));
        }
        None
    }
}
