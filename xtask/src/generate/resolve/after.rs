//! `runs: { after: ... }`: what runs after another function is called by it, with values of that one's
//! args and reply. Its own args have the types of these values.

use std::collections::BTreeMap;

use crate::generate::ast::When;
use crate::generate::diagnostic::{Code, Diagnostics};
use crate::generate::ir::{self, Expr, FunctionId, LocalId, Runs, StepKind, Ty};
use crate::generate::source::{Name, Span};

use super::World;
use super::body::Body;
use super::scope::{Binding, Bound};
use super::{runs, types};

/// The name of the reply in the values.
const REPLY: &str = "reply";

/// The call that the function makes after which another one runs.
pub(super) struct Call {
    /// The function that makes it.
    by: FunctionId,
    /// A value for each arg.
    with: Vec<Expr>,
    /// Whether a value is of `caller`.
    uses_caller: bool,
    /// Whether a value is of the reply.
    uses_reply: bool,
    /// Where `after` stands.
    span: Span,
}

/// Looks at the values that a function is given which runs after another one, and gives its args
/// their types; `None` where it does not run after another one, or something is wrong with that.
pub(super) fn resolve(
    world: &mut World,
    id: FunctionId,
    diagnostics: &mut Diagnostics,
) -> Option<Call> {
    let runs = world.names.function(id).runs.as_ref()?;
    let When::After { function, with } = &runs.when else {
        return None;
    };
    let Some(by) = world.names.called(id.0, &function.value) else {
        world
            .names
            .say_unknown_function(id.0, function, diagnostics);
        return None;
    };
    let may_follow = may_follow(world, id, (by, function), diagnostics);
    // One that is in a circle has no signature.
    world.signatures.get(&by)?;
    let mut body = Body::new(world, by, diagnostics);
    let local = body.local(REPLY, Ty::Reply(by));
    let bound = Bound {
        locals: vec![local],
        from_branches: false,
        ty: Ty::Reply(by),
        got: None,
        united: false,
        outcome: Vec::new(),
    };
    let binding = Binding {
        place: function.span,
        value: Some(bound),
    };
    body.scope.bind(REPLY, binding);
    let values: Vec<Option<Expr>> = with
        .iter()
        .map(|assign| {
            let value = body.infer(&assign.value, None)?;
            may_be_passed(&mut body, &assign.name, &value).then_some(value)
        })
        .collect();
    let uses_caller = body.uses_caller;
    let (locals, ..) = body.finish(&mut []);
    let args = world.args.get_mut(&id)?;
    for (arg, value) in args.iter_mut().zip(&values) {
        arg.ty = value.as_ref().map(|value| value.ty.clone());
    }
    let with = values.into_iter().collect::<Option<_>>()?;
    may_follow.then_some(Call {
        by,
        with,
        uses_caller,
        uses_reply: locals.iter().any(|local| local.used),
        span: runs.span,
    })
}

/// Whether anything may run after `by`: not after what is taken back by a function of its own.
fn may_follow(
    world: &World,
    id: FunctionId,
    (by, written): (FunctionId, &Name),
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(undo) = &world.names.function(by).undone_by else {
        return true;
    };
    let function = &world.names.function(id).name;
    diagnostics
        .error(
            Code::BadUndo,
            written.span,
            format!(
                "`{}` may be taken back, and `{}` would not be",
                written.value, function.value
            ),
            "has an `undone_by`",
        )
        .label(undo.span, "takes it back")
        .help("let it run after a function that calls this one");
    false
}

/// Whether a value can be an arg: a part of a reply that has a form of its own cannot.
fn may_be_passed(body: &mut Body, arg: &Name, value: &Expr) -> bool {
    if can_be_arg(&value.ty) {
        return true;
    }
    let is = types::describe(body.names(), &value.ty);
    body.diagnostics
        .error(
            Code::WrongType,
            value.span,
            format!("`{}` cannot be {is}", arg.value),
            format!("this is {is}"),
        )
        .help("pass the parts that are needed, as in `{ left: reply.left }`");
    false
}

fn can_be_arg(ty: &Ty) -> bool {
    match ty {
        Ty::List(inner) | Ty::Optional(inner) | Ty::Map(_, inner) => can_be_arg(inner),
        Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => false,
        _ => true,
    }
}

/// Has the function `call.by` make the call, now that `id`, which it calls, is known: what that does,
/// the caller does, too.
pub(super) fn attach(
    world: &mut World,
    functions: &mut BTreeMap<FunctionId, Option<ir::Function>>,
    id: FunctionId,
    call: Call,
    diagnostics: &mut Diagnostics,
) {
    let Some(followed) = functions.get_mut(&call.by).and_then(Option::as_mut) else {
        return;
    };
    let kind = StepKind::Call {
        function: id,
        with: call.with.into_iter().map(Some).collect(),
        act_for: None,
        map: Vec::new(),
        otherwise: None,
        data: None,
        or_none: false,
        bind: None,
        outcome: None,
    };
    let step = ir::Step::new(kind, call.span);
    followed.uses_caller |= call.uses_caller;
    let no_calls = no_calls(followed, call.by);
    let calls = followed
        .followed_by
        .get_or_insert_with(|| Box::new(no_calls));
    // Those of the manager itself come first: they count as its steps, the others give.
    let is_own = |step: &ir::Step| match &step.kind {
        StepKind::Call { function, .. } => function.0 == call.by.0,
        _ => false,
    };
    let own = calls.steps.iter().take_while(|step| is_own(step)).count();
    let at = if is_own(&step) {
        own
    } else {
        calls.steps.len()
    };
    calls.steps.insert(at, step);
    calls.locals[REPLY_LOCAL.0].used |= call.uses_reply;
    spread(world, functions, id, call.uses_caller, diagnostics);
}

/// The only local of what follows a function.
const REPLY_LOCAL: LocalId = LocalId(0);

fn no_calls(followed: &ir::Function, id: FunctionId) -> ir::Function {
    ir::Function {
        name: followed.name.clone(),
        doc: None,
        access: ir::Access::Internal,
        args: followed.args.clone(),
        errors: Vec::new(),
        outcomes: Vec::new(),
        undone_by: None,
        writes: false,
        fails: false,
        reaches: Vec::new(),
        uses_caller: false,
        reply: Vec::new(),
        locals: vec![ir::Local {
            name: REPLY.to_owned(),
            ty: Ty::Reply(id),
            used: false,
            hoisted: false,
        }],
        steps: Vec::new(),
        runs: None,
        followed_by: None,
        native: false,
        called: false,
        called_elsewhere: false,
    }
}

/// What `id` does, the function does after which it runs, and those after which that one runs.
fn spread(
    world: &mut World,
    functions: &mut BTreeMap<FunctionId, Option<ir::Function>>,
    id: FunctionId,
    uses_caller: bool,
    diagnostics: &mut Diagnostics,
) {
    let Some(mut effects) = world.signatures.get(&id).map(|s| s.effects.clone()) else {
        return;
    };
    let needs_caller = effects.needs_caller;
    effects.needs_caller |= uses_caller;
    effects.reaches.insert(id.0);
    let mut at = id;
    let mut seen = vec![id];
    while let Some(Runs::After(by)) = runs::of(world, at) {
        if seen.contains(&by) {
            return;
        }
        seen.push(by);
        let declared = world.names.function(by);
        if let Some(why) = runs::no_caller(declared).filter(|_| needs_caller) {
            let (name, runs) = (world.names.full_name(id), &world.names.function(id).runs);
            let Some(runs) = runs else { return };
            diagnostics
                .error(
                    Code::NoCaller,
                    runs.span,
                    format!(
                        "`{name}` acts for a caller, and `{}` is {} and has none",
                        declared.name.value, why.is
                    ),
                    "for whom?",
                )
                .label(why.place, why.label)
                .help("let it do without `caller`: pass what it needs as args");
            return;
        }
        if let Some(signature) = world.signatures.get_mut(&by) {
            let known = &mut signature.effects;
            known.writes |= effects.writes;
            known.needs_caller |= effects.needs_caller;
            let reached = effects.reaches.iter().filter(|reached| **reached != by.0);
            known.reaches.extend(reached);
            if let Some(function) = functions.get_mut(&by).and_then(Option::as_mut) {
                function.writes = known.writes;
                function.reaches = known.reaches.iter().copied().collect();
            }
        }
        effects.reaches.insert(by.0);
        at = by;
    }
}
