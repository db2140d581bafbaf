//! A function as a whole: what callers need to know of it, and what emitters do.

use std::collections::{BTreeMap, BTreeSet};

use aliya_macros_core::names as mapped;

use crate::generate::ast::{self, Access};
use crate::generate::diagnostic::{Code, Diagnostics, did_you_mean};
use crate::generate::ir::{self, FunctionId, ManagerId, Ty};
use crate::generate::source::Span;

use super::body::Body;
use super::declare::{self, Declared};
use super::fields::Field;
use super::{World, collide, finish, native, runs};

/// What callers need to know of a function.
pub(super) struct Signature {
    /// The fields of its reply; `None` as a type was reported.
    pub(super) reply: Vec<(String, Option<Ty>)>,
    /// Whether `reply` has all fields: a way without `return` may lack some.
    pub(super) whole: bool,
    /// What it does, the functions that it calls included.
    pub(super) effects: Effects,
    /// Its outcomes.
    pub(super) outcomes: Vec<ir::Status>,
}

/// What a function does, and what it calls does, and what runs after it.
#[derive(Clone, Default)]
pub(super) struct Effects {
    /// Whether anything is written.
    pub(super) writes: bool,
    /// The managers whose functions run.
    pub(super) reaches: BTreeSet<ManagerId>,
    /// Whether `caller` is read.
    pub(super) needs_caller: bool,
}

/// Looks at a function; those that it calls were looked at before.
pub(super) fn resolve<'a>(
    world: &World<'a>,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) -> (Signature, Option<ir::Function>) {
    let ast = world.names.function(id);
    let args = &world.args[&id];
    check_args(&world.names, ast, diagnostics);
    let undone_by = undone_by(world, id, diagnostics);
    if let Some(native) = &ast.native {
        let (signature, function) = native::resolve(world, id, native, diagnostics);
        let function = function.map(|function| ir::Function {
            undone_by,
            ..function
        });
        return (signature, function);
    }
    let mut body = Body::new(world, id, diagnostics);
    names_bound(&ast.steps, &mut body.bound_anywhere);
    let (mut steps, goes_on) = body.block(&ast.steps);
    if goes_on && !body.broken {
        say_no_return(ast, body.diagnostics);
    }
    let reply = body.reply();
    body.effects.reaches.remove(&id.0);
    let signature = Signature {
        whole: !goes_on && !body.broken,
        effects: body.effects.clone(),
        reply,
        outcomes: body.outcomes.iter().map(|it| it.status.clone()).collect(),
    };
    let whole: Option<Vec<(String, Ty)>> = signature
        .reply
        .iter()
        .map(|(name, ty)| Some((name.clone(), ty.clone()?)))
        .collect();
    let fields: Option<Vec<ir::Field>> = args.iter().map(Field::to_ir).collect();
    let (Some(reply), Some(args)) = (whole, fields) else {
        return (signature, None);
    };
    finish::align_returns(&mut steps, &body.returns, &reply);
    let uses_caller = body.uses_caller;
    let (locals, errors, outcomes) = body.finish(&mut steps);
    let function = ir::Function {
        name: ast.name.value.clone(),
        doc: ast.doc.as_ref().map(|doc| doc.value.clone()),
        access: ast.access,
        args,
        errors,
        outcomes,
        undone_by,
        writes: signature.effects.writes,
        fails: false,
        reaches: signature.effects.reaches.iter().copied().collect(),
        uses_caller,
        reply,
        locals,
        steps,
        runs: runs::of(world, id),
        followed_by: None,
        native: false,
        called: false,
        called_elsewhere: false,
    };
    (signature, Some(function))
}

fn check_args(names: &Declared, function: &ast::Function, diagnostics: &mut Diagnostics) {
    let args = || function.args.iter().map(|arg| &arg.name);
    declare::by_name("arg", args(), &names.faults, diagnostics);
    let in_rust = args().map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("args", in_rust, diagnostics);
    let is_called_by_clients = matches!(function.access, Access::Player | Access::Public);
    for name in args().filter(|name| is_called_by_clients && name.value == "token") {
        collide::reserved(
            name,
            "clients send their token under this name",
            diagnostics,
        );
    }
}

/// The function that takes this one back: one of the same manager.
fn undone_by(world: &World, id: FunctionId, diagnostics: &mut Diagnostics) -> Option<FunctionId> {
    let names = &world.names;
    let manager = names.manager(id.0).ast;
    let wanted = names.function(id).undone_by.as_ref()?;
    let found = names.called(id.0, &wanted.value);
    match found.filter(|undo| undo.0 == id.0) {
        Some(undo) if undo == id => {
            diagnostics
                .error(
                    Code::BadUndo,
                    wanted.span,
                    format!("`{}` cannot undo itself", wanted.value),
                    "the same function",
                )
                .help("name the function that does the opposite");
            None
        }
        Some(undo) if names.function(undo).runs.is_some() => {
            diagnostics
                .error(
                    Code::BadUndo,
                    wanted.span,
                    format!("`{}` runs by itself, and undoes nothing", wanted.value),
                    "not to be called",
                )
                .help("name the function that does the opposite");
            None
        }
        Some(undo) => Some(undo),
        None => {
            if !names.faults.in_manager(&manager.name) {
                let functions = manager.functions.iter().map(|f| f.name.value.as_str());
                diagnostics
                    .error(
                        Code::BadUndo,
                        wanted.span,
                        format!(
                            "`{}` has no function `{}`",
                            manager.name.value, wanted.value
                        ),
                        "what undoes a function is a function of the same manager",
                    )
                    .maybe_help(did_you_mean(
                        wanted.value.rsplit('.').next().unwrap_or_default(),
                        functions,
                    ));
            }
            None
        }
    }
}

/// Every name that steps bind, and where first.
fn names_bound<'a>(steps: &'a [ast::Step], found: &mut BTreeMap<&'a str, Span>) {
    use ast::StepKind;
    for step in steps {
        match &step.kind {
            StepKind::Get { bind, .. }
            | StepKind::Select { bind, .. }
            | StepKind::Insert { bind, .. }
            | StepKind::Call { bind, .. }
            | StepKind::Update { bind, .. }
            | StepKind::DeleteMany { bind, .. }
            | StepKind::Measure { bind, .. }
            | StepKind::Rank { bind, .. } => {
                if let Some(name) = bind {
                    found.entry(&name.value).or_insert(name.span);
                }
            }
            StepKind::Let(lets) => {
                for entry in lets {
                    found.entry(&entry.name.value).or_insert(entry.name.span);
                }
            }
            StepKind::If {
                then, otherwise, ..
            } => {
                names_bound(then, found);
                names_bound(otherwise, found);
            }
            StepKind::InsertEach { each, bind, .. } => {
                for name in [Some(&each.item), each.index.as_ref(), bind.as_ref()] {
                    name.map(|name| found.entry(&name.value).or_insert(name.span));
                }
            }
            StepKind::For {
                each, steps, bind, ..
            } => {
                for name in [Some(&each.item), each.index.as_ref()] {
                    name.map(|name| found.entry(&name.value).or_insert(name.span));
                }
                names_bound(steps, found);
                let bind = bind.as_ref();
                bind.map(|name| found.entry(&name.value).or_insert(name.span));
            }
            StepKind::DeleteRow { .. } => {}
            StepKind::Draw(draw) => {
                let name = draw.bind.iter();
                name.for_each(|name| _ = found.entry(&name.value).or_insert(name.span));
            }
            StepKind::GetConfig(get) => {
                let name = get.bind.iter();
                name.for_each(|name| _ = found.entry(&name.value).or_insert(name.span));
            }
            StepKind::Allow(allow) => {
                let name = allow.bind.iter();
                name.for_each(|name| _ = found.entry(&name.value).or_insert(name.span));
            }
            StepKind::Save { .. } | StepKind::Require { .. } | StepKind::Return { .. } => {}
        }
    }
}

fn say_no_return(function: &ast::Function, diagnostics: &mut Diagnostics) {
    let name = &function.name;
    let last = function.steps.last().map(|step| step.keyword);
    let diagnostic = diagnostics.error(
        Code::NoReturn,
        name.span,
        format!("`{}` can come to its end without a `return`", name.value),
        "every way through its steps ends in a `return`",
    );
    if let Some(last) = last {
        diagnostic.label(last, "after this step there is none");
    }
    diagnostic.help("end it with `- return: {}`, or with what it replies");
}
