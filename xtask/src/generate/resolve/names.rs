//! Names in expressions. A name that a step bound comes before everything else; then `caller` and
//! `now`; then a variant of the enum that the place wants; then a variant that one enum alone has.

use crate::generate::diagnostic::{Code, did_you_mean, nearest};
use crate::generate::ir::{Expr, ExprKind, Literal, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::expr::constant;
use super::scope::Nearly;
use super::types;

impl Body<'_, '_> {
    /// A bare name.
    pub(super) fn name(&mut self, name: &str, span: Span, hint: Option<&Ty>) -> Option<Expr> {
        if let Some(binding) = self.scope.get(name) {
            let bound = binding.value.clone()?;
            let local = self.read(&bound);
            return Some(Expr {
                ty: bound.ty,
                kind: ExprKind::Local(local),
                span,
            });
        }
        match name {
            "caller" => {
                return self.read_caller(span).then_some(Expr {
                    ty: Ty::Player,
                    kind: ExprKind::Caller,
                    span,
                });
            }
            "now" => {
                if self.say_not_in_formula("`now`", span) {
                    return None;
                }
                return Some(Expr {
                    ty: Ty::Time,
                    kind: ExprKind::Now,
                    span,
                });
            }
            _ => {}
        }
        if let Some(Ty::Enum(id)) = hint.map(types::present)
            && let Some(place) = self.names().variant(*id, name)
        {
            return Some(constant(Literal::Variant(*id, place), Ty::Enum(*id), span));
        }
        match *self.names().variants(name) {
            // A word that is bound elsewhere in the function was hardly meant as a variant.
            [(id, place)] if self.scope.nearly(name).is_none() => {
                Some(constant(Literal::Variant(id, place), Ty::Enum(id), span))
            }
            [] | [_] => {
                self.say_unknown_name(name, span, hint);
                None
            }
            ref several => {
                let enums = several.iter().map(|(id, _)| {
                    format!("`{}.{name}`", self.names().declared_enum(*id).name.value)
                });
                let enums: Vec<String> = enums.collect();
                self.diagnostics
                    .error(
                        Code::AmbiguousVariant,
                        span,
                        format!("`{name}` is a variant of several enums"),
                        "which one?",
                    )
                    .help(format!("write {}", enums.join(" or ")));
                None
            }
        }
    }

    /// Says why a name cannot be read here: it is not bound on every way, not yet, or nowhere.
    pub(super) fn say_unknown_name(&mut self, name: &str, span: Span, hint: Option<&Ty>) {
        match self.scope.nearly(name) {
            Some(Nearly::OneBranch { bound, branch }) => {
                self.diagnostics
                    .error(
                        Code::NotBoundOnEveryWay,
                        span,
                        format!("`{name}` is not bound on every way that leads here"),
                        "may not be bound",
                    )
                    .label(branch, "the other way through this `if` does not bind it")
                    .label(bound, "bound here")
                    .help("bind it on both ways, or before the `if`");
                return;
            }
            Some(Nearly::TwoTypes { first, second }) => {
                self.diagnostics
                    .error(
                        Code::WrongType,
                        span,
                        format!("`{name}` has another type on each way that leads here"),
                        "which type?",
                    )
                    .label(first, "bound here")
                    .label(second, "and here, to another type")
                    .help("bind it to the same type on both ways");
                return;
            }
            Some(Nearly::InLoop { bound, looped }) => {
                self.diagnostics
                    .error(
                        Code::NotBoundOnEveryWay,
                        span,
                        format!("`{name}` is bound in each round of a loop, and not after it"),
                        "not bound here",
                    )
                    .label(looped, "the loop, which may have no round")
                    .label(bound, "bound here")
                    .help("have the loop build a list: `give: ...` and `as: list`");
                return;
            }
            None => {}
        }
        if let Some(&later) = self.bound_anywhere.get(name)
            && later.start > span.start
        {
            self.diagnostics
                .error(
                    Code::ReadBeforeBound,
                    span,
                    format!("`{name}` is read before it is bound"),
                    "not bound yet",
                )
                .label(later, "bound here")
                .help("move that step up");
            return;
        }
        if self.broken || self.names().faults.in_types() {
            return;
        }
        if let Some(arg) = self.args.iter().find(|arg| arg.name() == name) {
            let declared = arg.ast.name.span;
            self.diagnostics
                .error(
                    Code::UnknownName,
                    span,
                    format!("nothing binds `{name}`"),
                    "not a name",
                )
                .label(declared, "an arg")
                .help(format!("args are written `args.{name}`"));
            return;
        }
        if let Some(id) = self.names().enum_id(name) {
            let variants = &self.names().declared_enum(id).variants;
            let first = variants.first().map_or("", |v| v.name.value.as_str());
            let help = format!("name one of its variants, such as `{name}.{first}`");
            self.diagnostics
                .error(
                    Code::UnknownName,
                    span,
                    format!("`{name}` is an enum"),
                    "not a value",
                )
                .help(help);
            return;
        }
        self.say_nothing_binds(name, span, hint);
    }

    fn say_nothing_binds(&mut self, name: &str, span: Span, hint: Option<&Ty>) {
        if let Some(Ty::Enum(id)) = hint.map(types::present) {
            let declared = self.names().declared_enum(*id);
            let variants = declared.variants.iter().map(|v| v.name.value.as_str());
            let help = did_you_mean(name, variants.chain(self.scope.names()));
            self.diagnostics
                .error(
                    Code::UnknownVariant,
                    span,
                    format!("`{}` has no variant `{name}`", declared.name.value),
                    "not a variant",
                )
                .label(declared.name.span, "the enum")
                .maybe_help(help);
            return;
        }
        let help = match name {
            "args" => Some("name one of the args, as in `args.amount`".to_owned()),
            "config" => Some("name one of the balance tables, as in `config.levels`".to_owned()),
            "null" | "none" | "nil" => {
                Some("what is absent is left out; `found(x)` asks whether it is there".to_owned())
            }
            "self" | "player" | "user" => {
                Some("the player for whom the function runs is `caller`".to_owned())
            }
            "True" | "TRUE" | "yes" => Some("write `true`".to_owned()),
            "False" | "FALSE" | "no" => Some("write `false`".to_owned()),
            "arg" | "arguments" | "params" => Some("args are written `args.name`".to_owned()),
            _ => self.help_with_name(name, span, hint),
        };
        let meant = help
            .as_ref()
            .is_some_and(|help| help.starts_with("did you mean"));
        let nameless = self.nameless.filter(|_| !meant);
        let help = match nameless {
            Some(_) => Some(format!(
                "if it is what that step reads, add `as: {name}` to it"
            )),
            None => help,
        };
        let said = self
            .diagnostics
            .error(
                Code::UnknownName,
                span,
                format!("nothing binds `{name}`"),
                "not a name that is bound here",
            )
            .maybe_help(help);
        if let Some(step) = nameless {
            said.label(step, "binds no name");
        }
    }

    /// The nearest of all names that can stand in an expression; where none is near, those that are
    /// bound here.
    fn help_with_name(&self, name: &str, span: Span, hint: Option<&Ty>) -> Option<String> {
        if self.in_quotes(span) {
            return Some(format!(
                "to YAML these quotes are its own: write a text as `'\"{name}\"'`"
            ));
        }
        let args: Vec<String> = self
            .args
            .iter()
            .map(|arg| format!("args.{}", arg.name()))
            .collect();
        // A formula has neither.
        let world = ["caller", "now"].into_iter();
        let bound = || {
            let world = world.clone().filter(|_| self.formula.is_none());
            self.scope.names().chain(world)
        };
        let all = bound().chain(self.names().variant_names());
        match nearest(name, all) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None if hint.map(types::present) == Some(&Ty::Text) => Some(format!(
                "if a text is meant, it wants double quotes: `\"{name}\"`"
            )),
            None => did_you_mean(name, bound().chain(args.iter().map(String::as_str))),
        }
    }

    /// Whether the whole of a quoted YAML text stands there.
    fn in_quotes(&self, span: Span) -> bool {
        let around = Span {
            start: span.start.saturating_sub(1),
            end: span.end.saturating_add(1),
            ..span
        };
        let text = self.text(around);
        ['"', '\'']
            .iter()
            .any(|&quote| text.len() > 2 && text.starts_with(quote) && text.ends_with(quote))
    }
}
