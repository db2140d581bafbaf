//! Functions that take others back: they get the args and the reply of what they undo, by name, and
//! must not fail.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, Field, FunctionId, Literal, Ty};

use super::{Does, Known, World};

/// Checks every `undone_by` of functions that are right.
pub(super) fn check(
    world: &World,
    functions: &BTreeMap<FunctionId, Option<ir::Function>>,
    known: &Known,
    diagnostics: &mut Diagnostics,
) {
    for (id, function) in functions {
        let Some(undo) = function.as_ref().and_then(|function| function.undone_by) else {
            continue;
        };
        let undo_function = functions.get(&undo).and_then(Option::as_ref);
        let (Some(function), Some(undo_function)) = (function, undo_function) else {
            continue;
        };
        check_args(world, (*id, function), (undo, undo_function), diagnostics);
        if let Some(does) = known.get(id) {
            check_calls(world, *id, does, diagnostics);
        }
        if let Some(does) = known.get(&undo) {
            check_steps(world, *id, (undo, undo_function), does, diagnostics);
        }
    }
}

/// Every arg of the undo has a value: from an arg or a field of the reply, not from both.
fn check_args(
    world: &World,
    (id, function): (FunctionId, &ir::Function),
    (undo, undo_function): (FunctionId, &ir::Function),
    diagnostics: &mut Diagnostics,
) {
    let Some(wanted) = &world.names.function(id).undone_by else {
        return;
    };
    let name = &world.names.function(id).name;
    let args = world.args.get(&undo).into_iter().flatten();
    for (declared, arg) in args.zip(&undo_function.args) {
        let given = function.args.iter().find(|given| given.name == arg.name);
        let replied = function.reply.iter().find(|(field, _)| *field == arg.name);
        let (what, why) = match (given, replied) {
            (Some(_), Some(_)) => (
                format!(
                    "`{}` is an arg of `{}` and also in its reply",
                    arg.name, name.value
                ),
                "give one of the two another name",
            ),
            (None, None) if declared.may_be_left_out() => continue,
            (None, None) => (
                format!(
                    "`{}` has neither an arg nor a reply's field `{}`",
                    name.value, arg.name
                ),
                "what undoes a function gets that function's args and reply, by name",
            ),
            (Some(given), None) if fits(&given.ty, &arg.ty) => {
                if is_within(given, arg) {
                    continue;
                }
                (
                    format!("`{}` may be outside the bounds that it has here", arg.name),
                    "give both the same bounds: what undoes a function must not be refused",
                )
            }
            (None, Some((_, ty))) if fits(ty, &arg.ty) => {
                if arg.min.is_none() && arg.max.is_none() {
                    continue;
                }
                (
                    format!(
                        "`{}` is in the reply of `{}`, which has no bounds",
                        arg.name, name.value
                    ),
                    "leave its bounds out: what undoes a function must not be refused",
                )
            }
            _ => (
                format!("`{}` is of another type in `{}`", arg.name, name.value),
                "give both the same type",
            ),
        };
        diagnostics
            .error(
                Code::BadUndo,
                wanted.span,
                format!("`{}` cannot undo `{}`: {what}", wanted.value, name.value),
                "needs a value for each of its args",
            )
            .label(declared.ast.name.span, "the arg")
            .help(why);
    }
}

/// Whether a value of type `from` is one of type `to` as it is.
fn fits(from: &Ty, to: &Ty) -> bool {
    match to {
        Ty::Optional(inner) => from == to || from == &**inner,
        _ => from == to,
    }
}

/// Whether each value within the bounds of `from` is within those of `to`.
fn is_within(from: &Field, to: &Field) -> bool {
    let keeps = |from: &Option<Literal>, to: &Option<Literal>, beyond: Ordering| match (from, to) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(from), Some(to)) => compared(from, to).is_some_and(|is| is != beyond),
    };
    keeps(&from.min, &to.min, Ordering::Less) && keeps(&from.max, &to.max, Ordering::Greater)
}

fn compared(a: &Literal, b: &Literal) -> Option<Ordering> {
    match (a, b) {
        (Literal::Int(a), Literal::Int(b)) => Some(a.cmp(b)),
        (Literal::Float(a), Literal::Float(b)) => a.partial_cmp(b),
        #[allow(clippy::cast_precision_loss)] // A bound that a designer wrote.
        (Literal::Int(a), Literal::Float(b)) => (*a as f64).partial_cmp(b),
        (Literal::Float(_), Literal::Int(_)) => compared(b, a).map(Ordering::reverse),
        _ => None,
    }
}

/// What is undone writes nothing in other managers, where its undo does nothing.
fn check_calls(world: &World, id: FunctionId, does: &Does, diagnostics: &mut Diagnostics) {
    let (Some(wanted), Some((step, called))) =
        (&world.names.function(id).undone_by, does.writes_elsewhere)
    else {
        return;
    };
    let name = &world.names.function(id).name.value;
    let called = world.names.full_name(called);
    diagnostics
        .error(
            Code::BadUndo,
            wanted.span,
            format!(
                "`{}` cannot undo `{name}`: what that one does by `{called}` would stay",
                wanted.value
            ),
            "undoes what is done in its manager alone",
        )
        .label(step, format!("`{called}` writes, in another manager"))
        .help(format!(
            "let `{name}` write in its own manager alone, and let whoever calls `{name}` call `{called}`, too"
        ));
}

/// The undo cannot fail, and stays within its manager.
fn check_steps(
    world: &World,
    id: FunctionId,
    (undo, undo_function): (FunctionId, &ir::Function),
    does: &Does,
    diagnostics: &mut Diagnostics,
) {
    let Some(wanted) = &world.names.function(id).undone_by else {
        return;
    };
    let name = &world.names.function(id).name.value;
    let declared = world.names.function(undo).name.span;
    if let Some(fails) = does.may_fail {
        diagnostics
            .error(
                Code::BadUndo,
                wanted.span,
                format!(
                    "`{}` cannot undo `{name}`: it may fail itself",
                    wanted.value
                ),
                "must not fail",
            )
            .label(fails, "may fail")
            .help(
                "let it do what it can: `or: default` instead of `else`, `if` instead of `require`",
            );
    } else if let Some(reached) = undo_function.reaches.first() {
        let reached = &world.names.manager(*reached).ast.name.value;
        diagnostics
            .error(
                Code::BadUndo,
                wanted.span,
                format!(
                    "`{}` cannot undo `{name}`: it calls `{reached}`",
                    wanted.value
                ),
                "must stay within its manager",
            )
            .label(declared, "calls another manager")
            .help("let it touch the tables of its own manager alone");
    }
}
