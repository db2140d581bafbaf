//! What stands behind a point: columns of rows, fields of replies, args, and variants of enums.

use crate::generate::ast;
use crate::generate::diagnostic::{Code, did_you_mean};
use crate::generate::ir::{EnumId, Expr, ExprKind, Literal, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::expr::constant;
use super::types;

impl<'a> Body<'_, 'a> {
    /// `base.field`.
    pub(super) fn field(
        &mut self,
        base: &'a ast::Expr,
        field: &'a Name,
        span: Span,
    ) -> Option<Expr> {
        if let ast::ExprKind::Name(name) = &base.kind
            && self.scope.get(name).is_none()
        {
            if name == "args" {
                if self.formula.is_some() {
                    return self.bare_arg(field, span);
                }
                return self.arg(field, span);
            }
            if name == "config" {
                return self.config_table(field, span);
            }
            if let Some(id) = self.names().enum_id(name) {
                return self.variant(id, field, span);
            }
        }
        let named = base;
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
                    if let Some(outcome) = self.outcome_of(named, field, span) {
                        return Some(outcome);
                    }
                    if signature.whole {
                        let what = types::describe(self.names(), &base.ty);
                        let fields = of.map(|(name, _)| name.as_str());
                        self.say_no_field(field, &what, did_you_mean(&field.value, fields));
                    }
                    return None;
                };
                let ty = match &base.ty {
                    Ty::Optional(_) => types::optional(ty.clone()?),
                    _ => ty.clone()?,
                };
                Some(Expr {
                    ty,
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
            Ty::Named(id) => self.record_field(base, id, field, span),
            other => {
                let what = types::describe(self.names(), &other);
                self.say_no_field(
                    field,
                    &what,
                    Some(match &base.ty {
                        Ty::Player => format!(
                            "a player is known by its id alone: leave `.{}` out",
                            field.value
                        ),
                        _ => "rows have columns, replies and records have fields; nothing else has any"
                            .to_owned(),
                    }),
                );
                None
            }
        }
    }

    /// `rows.column`: the list of that column, or of that field of records or replies.
    fn pluck(&mut self, items: Expr, item: &Ty, field: &Name, span: Span) -> Option<Expr> {
        let ty = match item {
            Ty::Row(table) => {
                let table = self.world.tables.get(table)?;
                let at = table.column(field, self.diagnostics)?;
                let ty = table.columns[at].ty.clone()?;
                return self.plucked(ExprKind::Pluck(Box::new(items), at), ty, span);
            }
            Ty::Named(_) | Ty::Record(_) | Ty::Reply(_) => self.type_of_field(item, field)?,
            _ => {
                let what = types::describe(self.names(), &items.ty);
                self.say_no_field(
                    field,
                    &what,
                    Some("take an item out first, as in `xs[0]`".to_owned()),
                );
                return None;
            }
        };
        let kind = ExprKind::Field(Box::new(items), field.value.clone());
        self.plucked(kind, ty, span)
    }

    fn plucked(&mut self, kind: ExprKind, ty: Ty, span: Span) -> Option<Expr> {
        let expr = Expr {
            ty: Ty::List(Box::new(ty.clone())),
            kind,
            span,
        };
        if let Ty::Optional(_) = ty {
            self.say_may_be_absent(&expr, "a list of columns");
            return None;
        }
        Some(expr)
    }

    /// The type of a field of a record or reply; where it has none of that name, that is said.
    fn type_of_field(&mut self, of: &Ty, field: &Name) -> Option<Ty> {
        let fields = self.fields_of(of)?;
        let found = fields.iter().find(|(name, _)| *name == field.value);
        if let Some((_, ty)) = found {
            return ty.clone();
        }
        let whole = match of {
            Ty::Reply(function) => self.world.signatures.get(function)?.whole,
            _ => true,
        };
        if whole {
            let what = types::describe(self.names(), of);
            let names = fields.iter().map(|(name, _)| name.as_str());
            self.say_no_field(field, &what, did_you_mean(&field.value, names));
        }
        None
    }

    /// The fields of a record or a reply, with their types where they have right ones.
    pub(super) fn fields_of(&self, ty: &Ty) -> Option<Vec<(String, Option<Ty>)>> {
        let fields = match ty {
            Ty::Record(fields) => {
                let fields = fields.iter();
                fields
                    .map(|(name, ty)| (name.clone(), Some(ty.clone())))
                    .collect()
            }
            Ty::Named(id) => {
                let fields = self.world.records[id.0].iter();
                fields
                    .map(|f| (f.name().to_owned(), f.ty.clone()))
                    .collect()
            }
            Ty::Reply(function) => self.world.signatures.get(function)?.reply.clone(),
            _ => return None,
        };
        Some(fields)
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
