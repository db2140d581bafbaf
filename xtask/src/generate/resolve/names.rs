//! Names in expressions. A name that a step bound comes before everything else; then `caller` and
//! `now`; then a variant of the enum that the place wants; then a variant that one enum alone has.

use crate::generate::ast;
use crate::generate::diagnostic::{Code, did_you_mean, nearest};
use crate::generate::ir::{EnumId, Expr, ExprKind, Literal, Ty};
use crate::generate::source::{Name, Span};

use super::expr::constant;
use super::function::Body;
use super::scope::Nearly;
use super::types;

impl<'a> Body<'_, 'a> {
    /// A bare name.
    pub(super) fn name(&mut self, name: &str, span: Span, hint: Option<&Ty>) -> Option<Expr> {
        if let Some(binding) = self.scope.get(name) {
            let bound = binding.value.clone()?;
            let local = self.read(&bound, false);
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
                return Some(Expr {
                    ty: Ty::Time,
                    kind: ExprKind::Now,
                    span,
                });
            }
            _ => {}
        }
        if let Some(Ty::Enum(id)) = hint.map(types::present) {
            if let Some(place) = self.names().variant(*id, name) {
                return Some(constant(Literal::Variant(*id, place), Ty::Enum(*id), span));
            }
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
            None => {}
        }
        if let Some(&later) = self.bound_anywhere.get(name) {
            if later.start > span.start {
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
            "null" | "none" | "nil" => {
                Some("what is absent is left out; `found(x)` asks whether it is there".to_owned())
            }
            "self" | "player" | "user" => {
                Some("the player for whom the function runs is `caller`".to_owned())
            }
            _ => self.help_with_name(name, span),
        };
        self.diagnostics
            .error(
                Code::UnknownName,
                span,
                format!("nothing binds `{name}`"),
                "not a name that is bound here",
            )
            .maybe_help(help);
    }

    /// The nearest of all names that can stand in an expression; where none is near, those that are
    /// bound here.
    fn help_with_name(&self, name: &str, span: Span) -> Option<String> {
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
        let bound = || self.scope.names().chain(["caller", "now"]);
        let all = bound().chain(self.names().variant_names());
        match nearest(name, all) {
            Some(near) => Some(format!("did you mean `{near}`?")),
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

    /// `base.field`.
    pub(super) fn field(
        &mut self,
        base: &'a ast::Expr,
        field: &'a Name,
        span: Span,
    ) -> Option<Expr> {
        if let ast::ExprKind::Name(name) = &base.kind {
            if self.scope.get(name).is_none() {
                if name == "args" {
                    return self.arg(field, span);
                }
                if name == "config" {
                    self.diagnostics
                        .error(
                            Code::NotYet,
                            span,
                            "this version has no `config` yet",
                            "not in this version",
                        )
                        .help("write the value here, or bind it with `let`");
                    return None;
                }
                if let Some(id) = self.names().enum_id(name) {
                    return self.variant(id, field, span);
                }
            }
        }
        let base = self.infer(base, None)?;
        match types::present(&base.ty).clone() {
            Ty::Row(table) => {
                let table = self.world.tables.get(&table)?;
                let at = table.column(field, self.diagnostics)?;
                let column = table.columns[at].ty.clone()?;
                let ty = match &base.ty {
                    Ty::Optional(_) => types::optional(column),
                    _ => column,
                };
                Some(Expr {
                    ty,
                    kind: ExprKind::Column(Box::new(base), at),
                    span,
                })
            }
            Ty::List(item) => self.pluck(base, &item, field, span),
            Ty::Reply(function) => {
                let signature = self.world.signatures.get(&function)?;
                let of = signature.reply.iter();
                let found = of.clone().find(|(name, _)| *name == field.value);
                let Some((name, ty)) = found else {
                    if signature.whole {
                        let what = types::describe(self.names(), &base.ty);
                        let fields = of.map(|(name, _)| name.as_str());
                        self.say_no_field(field, &what, did_you_mean(&field.value, fields));
                    }
                    return None;
                };
                Some(Expr {
                    ty: ty.clone()?,
                    kind: ExprKind::Field(Box::new(base), name.clone()),
                    span,
                })
            }
            Ty::Record(fields) => {
                let found = fields.iter().find(|(name, _)| *name == field.value);
                let Some((name, ty)) = found else {
                    let names = fields.iter().map(|(name, _)| name.as_str());
                    self.say_no_field(field, "this mapping", did_you_mean(&field.value, names));
                    return None;
                };
                Some(Expr {
                    ty: ty.clone(),
                    kind: ExprKind::Field(Box::new(base), name.clone()),
                    span,
                })
            }
            other => {
                let what = types::describe(self.names(), &other);
                self.say_no_field(
                    field,
                    &what,
                    Some(
                        "rows have columns, and replies have fields; nothing else has any"
                            .to_owned(),
                    ),
                );
                None
            }
        }
    }

    /// `rows.column`: the list of that column.
    fn pluck(&mut self, rows: Expr, item: &Ty, field: &Name, span: Span) -> Option<Expr> {
        let Ty::Row(table) = item else {
            let what = types::describe(self.names(), &rows.ty);
            self.say_no_field(
                field,
                &what,
                Some("take an item out first, as in `xs[0]`".to_owned()),
            );
            return None;
        };
        let table = self.world.tables.get(table)?;
        let at = table.column(field, self.diagnostics)?;
        let ty = table.columns[at].ty.clone()?;
        let expr = Expr {
            ty: Ty::List(Box::new(ty.clone())),
            kind: ExprKind::Pluck(Box::new(rows), at),
            span,
        };
        if let Ty::Optional(_) = ty {
            self.say_may_be_absent(&expr, "a list of columns");
            return None;
        }
        Some(expr)
    }

    fn say_no_field(&mut self, field: &Name, what: &str, help: Option<String>) {
        self.diagnostics
            .error(
                Code::UnknownField,
                field.span,
                format!("{what} has no `{}`", field.value),
                "not there",
            )
            .maybe_help(help);
    }

    fn arg(&mut self, name: &Name, span: Span) -> Option<Expr> {
        let Some(at) = self.args.iter().position(|arg| arg.name() == name.value) else {
            if !self.broken {
                let help = if self.args.is_empty() {
                    Some(format!("declare it: `args: {{ {}: int }}`", name.value))
                } else {
                    did_you_mean(&name.value, self.args.iter().map(|arg| arg.name()))
                };
                self.diagnostics
                    .error(
                        Code::UnknownArg,
                        name.span,
                        format!("`{}` has no arg `{}`", self.ast.name.value, name.value),
                        "not an arg",
                    )
                    .maybe_help(help);
            }
            return None;
        };
        Some(Expr {
            ty: self.args[at].ty.clone()?,
            kind: ExprKind::Arg(at),
            span,
        })
    }

    /// `supply_kind.iron`.
    fn variant(&mut self, id: EnumId, name: &Name, span: Span) -> Option<Expr> {
        if let Some(place) = self.names().variant(id, &name.value) {
            return Some(constant(Literal::Variant(id, place), Ty::Enum(id), span));
        }
        let declared = self.names().declared_enum(id);
        if !self.names().faults.in_declaration(&declared.name) {
            let variants = declared.variants.iter().map(|v| v.name.value.as_str());
            let help = did_you_mean(&name.value, variants);
            self.diagnostics
                .error(
                    Code::UnknownVariant,
                    name.span,
                    format!("`{}` has no variant `{}`", declared.name.value, name.value),
                    "not a variant",
                )
                .label(declared.name.span, "the enum")
                .maybe_help(help);
        }
        None
    }
}
