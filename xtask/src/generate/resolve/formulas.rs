//! Formulas: each is looked at after those that it uses, and its type is that of its expression.

use std::collections::BTreeMap;

use aliya_macros_core::names as mapped;

use crate::generate::ast;
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, Builtin, Expr, ExprKind, FormulaId, Needs, Ty};
use crate::generate::source::{Name, Span};

use super::body::Body;
use super::coerce::Wanted;
use super::declare::{Declared, by_name};
use super::fields::{self, Field};
use super::{World, builtins, collide, formula_order, types};

/// What those that use a formula need to know of it.
pub(super) struct Signature<'a> {
    args: Vec<Field<'a>>,
    /// The type of its value; `None` was reported.
    ty: Option<Ty>,
    needs: Needs,
}

/// Says which names of formulas and their args cannot stand.
pub(super) fn check_names(names: &Declared, diagnostics: &mut Diagnostics) {
    let formulas = names.formulas.iter().map(|formula| &formula.name);
    let in_rust = formulas.map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("formulas", in_rust, diagnostics);
    for formula in &names.formulas {
        if builtins::built_ins().any(|known| known == formula.name.value) {
            let why = "a function of the language is called that";
            collide::reserved(&formula.name, why, diagnostics);
        }
        let args = || formula.args.iter().map(|arg| &arg.name);
        by_name("arg", args(), &names.faults, diagnostics);
        let in_rust = args().map(|name| (name, mapped::value_name(&name.value)));
        collide::distinct("args", in_rust, diagnostics);
        for name in args() {
            check_arg(names, name, diagnostics);
        }
        for name in args().filter(|name| collide::RESERVED.contains(&name.value.as_str())) {
            collide::reserved(name, "it has a meaning of its own", diagnostics);
        }
    }
}

/// Says where an arg has the name of a formula: one name would mean two things in an expression.
fn check_arg(names: &Declared, arg: &Name, diagnostics: &mut Diagnostics) {
    let mapped_arg = mapped::value_name(&arg.value);
    let mut formulas = names.formulas.iter();
    let same = formulas.find(|formula| mapped::value_name(&formula.name.value) == mapped_arg);
    if let Some(formula) = same {
        diagnostics
            .error(
                Code::NameCollision,
                arg.span,
                format!("`{}` is a formula and an arg of one", arg.value),
                "the arg",
            )
            .label(formula.name.span, "the formula")
            .help("give one of them another name");
    }
}

/// Looks at all formulas, those that others use first; gives those that are right, by name.
pub(super) fn all(world: &mut World, diagnostics: &mut Diagnostics) -> Vec<ir::Formula> {
    let mut resolved = BTreeMap::new();
    for id in formula_order::used_first(&world.names, diagnostics) {
        let (signature, formula) = resolve(world, id, diagnostics);
        world.formulas.insert(id, signature);
        resolved.extend(formula.map(|formula| (id, formula)));
    }
    resolved.into_values().collect()
}

fn resolve<'a>(
    world: &World<'a>,
    id: FormulaId,
    diagnostics: &mut Diagnostics,
) -> (Signature<'a>, Option<ir::Formula>) {
    let formula = world.names.formulas[id.0];
    let mut args: Vec<Field> = Vec::new();
    for arg in &formula.args {
        args.push(fields::resolve(
            &world.names,
            world.sources,
            arg,
            diagnostics,
        ));
    }
    let mut body = Body::of_formula(world, formula, diagnostics);
    let mut locals = Vec::new();
    for arg in &args {
        // What is bound twice or reserved was said.
        let free = body.scope.get(arg.name()).is_none() && !collide::RESERVED.contains(&arg.name());
        locals.extend(free.then(|| body.bind(&arg.ast.name, arg.ty.clone(), None)));
    }
    let value = body.infer(&formula.is, None);
    let value = value.filter(|value| body.can_be_given(value));
    let locals: Vec<_> = locals
        .into_iter()
        .map(|local| (local, body.local_of(local)))
        .collect();
    let mut needs = Needs::default();
    value.iter().for_each(|value| needed(value, &mut needs));
    let signature = Signature {
        ty: value.as_ref().map(|value| value.ty.clone()),
        args,
        needs,
    };
    let args: Option<Vec<_>> = signature.args.iter().map(Field::to_ir).collect();
    let resolved = value.zip(args).map(|(value, args)| ir::Formula {
        name: formula.name.value.clone(),
        doc: formula.doc.as_ref().map(|doc| doc.value.clone()),
        file: world.sources.file(formula.name.span.file).path.clone(),
        args,
        locals,
        value,
        needs,
    });
    (signature, resolved)
}

/// What a value needs beside the args.
fn needed(value: &Expr, needs: &mut Needs) {
    match &value.kind {
        ExprKind::Config(_) => needs.config = true,
        ExprKind::Formula(call) => {
            needs.config |= call.needs.config;
            needs.calendar |= call.needs.calendar;
            call.args.iter().for_each(|arg| needed(arg, needs));
        }
        ExprKind::Builtin(builtin, args) => {
            let calendar = matches!(
                builtin,
                Builtin::StartOf(_) | Builtin::DayOf | Builtin::DayOfMonth
            );
            needs.calendar |= calendar;
            args.iter().for_each(|arg| needed(arg, needs));
        }
        ExprKind::List(items) | ExprKind::Record(items) => {
            items.iter().for_each(|item| needed(item, needs));
        }
        ExprKind::Column(of, _)
        | ExprKind::Pluck(of, _)
        | ExprKind::Field(of, _)
        | ExprKind::Unary(_, of)
        | ExprKind::ToFloat(of)
        | ExprKind::ToInt(of)
        | ExprKind::ToId(of)
        | ExprKind::ToOptional(of) => needed(of, needs),
        ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
            [a, b].into_iter().for_each(|part| needed(part, needs));
        }
        ExprKind::If(a, b, c) => [a, b, c].into_iter().for_each(|part| needed(part, needs)),
        ExprKind::Literal(_)
        | ExprKind::Caller
        | ExprKind::Now
        | ExprKind::Arg(_)
        | ExprKind::Local(_)
        | ExprKind::Absent => {}
    }
}

impl<'a> Body<'_, 'a> {
    /// `level_of(exp)`
    pub(super) fn formula_call(
        &mut self,
        id: FormulaId,
        name: &Name,
        args: &'a [ast::Expr],
        span: Span,
    ) -> Option<Expr> {
        let world = self.world;
        let declared = world.names.formulas[id.0];
        let Some(signature) = world.formulas.get(&id) else {
            // It leads back to itself, which was said.
            args.iter().for_each(|arg| self.look(arg, None));
            return None;
        };
        if args.len() != signature.args.len() {
            args.iter().for_each(|arg| self.look(arg, None));
            let (code, how) = match args.len() < signature.args.len() {
                true => (Code::MissingArg, "too few"),
                false => (Code::ExtraArg, "too many"),
            };
            let names: Vec<&str> = signature.args.iter().map(Field::name).collect();
            self.diagnostics
                .error(
                    code,
                    span,
                    format!("`{}` has {how} args: {}", name.value, args.len()),
                    how,
                )
                .label(declared.name.span, "the formula")
                .help(format!(
                    "it is written `{}({})`",
                    name.value,
                    names.join(", ")
                ));
            return None;
        }
        let mut values = Some(Vec::new());
        for (arg, value) in signature.args.iter().zip(args) {
            let typed = match &arg.ty {
                Some(ty) => self.check(
                    value,
                    &Wanted {
                        ty,
                        what: format!("the arg `{}` of `{}`", arg.name(), name.value),
                        declared: Some(arg.ast.ty.span),
                    },
                ),
                None => {
                    self.look(value, None);
                    None
                }
            };
            values = values
                .zip(typed)
                .map(|(mut values, typed): (Vec<Expr>, _)| {
                    values.push(typed);
                    values
                });
        }
        Some(Expr {
            ty: signature.ty.clone()?,
            kind: ExprKind::Formula(Box::new(ir::FormulaCall {
                formula: id,
                needs: signature.needs,
                args: values?,
            })),
            span,
        })
    }

    /// Whether a formula can have that value.
    fn can_be_given(&mut self, value: &Expr) -> bool {
        let ty = types::present(&value.ty);
        if types::is_plain(ty) && !types::has_shape(ty) {
            return true;
        }
        self.diagnostics
            .error(
                Code::WrongType,
                value.span,
                "the value of a formula has a declared type, and this is a mapping of its own",
                "of no declared type",
            )
            .help("declare a record under `types`, and take it out of a balance table or an arg; or make a formula of each part");
        false
    }

    /// Says that something cannot stand in a formula, where this is one.
    pub(super) fn say_not_in_formula(&mut self, what: &str, span: Span) -> bool {
        let Some(formula) = self.formula else {
            return false;
        };
        self.diagnostics
            .error(
                Code::NotInFormula,
                span,
                format!(
                    "{what} cannot stand in the formula `{}`",
                    formula.name.value
                ),
                "not a value of its args",
            )
            .label(formula.name.span, "of the same args it is always the same")
            .help("take it as an arg");
        true
    }

    /// `args.exp` in a formula, whose args need no `args`.
    pub(super) fn bare_arg(&mut self, field: &Name, span: Span) -> Option<Expr> {
        let known = self.scope.get(&field.value).is_some();
        let help = match known {
            true => Some(format!("write `{}`", field.value)),
            false => did_you_mean(&field.value, self.scope.names()),
        };
        self.diagnostics
            .error(
                Code::UnknownName,
                span,
                "the args of a formula stand there by their names alone",
                "without `args.`",
            )
            .maybe_help(help);
        None
    }
}
