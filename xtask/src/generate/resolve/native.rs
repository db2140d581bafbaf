//! Functions that are written by hand: what they declare is all that is known of them. They are taken
//! as ones that read and write, need their caller, and may fail if they declare errors.

use aliya_macros_core::names as mapped;

use crate::generate::ast::Native;
use crate::generate::diagnostic::Diagnostics;
use crate::generate::ir::{self, FunctionId, Ty};

use super::fields::{self, Field};
use super::function::{Effects, Signature};
use super::{World, collide, declare, runs};

/// A function without steps.
pub(super) fn resolve(
    world: &World,
    id: FunctionId,
    native: &Native,
    diagnostics: &mut Diagnostics,
) -> (Signature, Option<ir::Function>) {
    let ast = world.names.function(id);
    let names = || native.reply.iter().map(|field| &field.name);
    declare::by_name("field", names(), &world.names.faults, diagnostics);
    let in_rust = names().map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("fields", in_rust, diagnostics);
    let variants = ast.errors.iter().map(|error| &error.name);
    let variants = variants.map(|name| (name, mapped::variant_name(&name.value)));
    collide::distinct("errors", variants, diagnostics);
    let outcomes = ast.outcomes.iter().map(|outcome| &outcome.name);
    let outcomes = outcomes.map(|name| (name, mapped::value_name(&name.value)));
    collide::distinct("outcomes", outcomes, diagnostics);

    let reply: Vec<(String, Option<Ty>)> = native
        .reply
        .iter()
        .map(|field| {
            let resolved = fields::resolve(&world.names, world.sources, field, diagnostics);
            (field.name.value.clone(), resolved.ty)
        })
        .collect();
    let needs_caller = runs::no_caller(ast).is_none();
    let signature = Signature {
        reply: reply.clone(),
        whole: true,
        effects: Effects {
            writes: true,
            needs_caller,
            ..Effects::default()
        },
        outcomes: world.statuses[&id].own_outcomes(),
    };
    let reply = reply.into_iter().map(|(name, ty)| Some((name, ty?)));
    let args = world.args[&id].iter().map(Field::to_ir);
    let (Some(reply), Some(args)) = (reply.collect(), args.collect()) else {
        return (signature, None);
    };
    let statuses = &world.statuses[&id];
    let function = ir::Function {
        name: ast.name.value.clone(),
        doc: ast.doc.as_ref().map(|doc| doc.value.clone()),
        access: ast.access,
        args,
        errors: statuses.own_errors(),
        outcomes: statuses.own_outcomes(),
        undone_by: None,
        writes: true,
        fails: false,
        reaches: Vec::new(),
        uses_caller: needs_caller,
        reply,
        locals: Vec::new(),
        steps: Vec::new(),
        runs: runs::of(world, id),
        followed_by: None,
        native: true,
        called: false,
        called_elsewhere: false,
    };
    (signature, Some(function))
}
