//! Functions: what they are given, how they may end, and their steps.

use crate::body::Body;
use crate::choices::Choices;
use crate::declare::declared;
use crate::model::{Field, Function, Ty};
use crate::names::Names;
use crate::runs;
use crate::tables::bounds;
use crate::values;
use crate::world::{Shared, World};
use crate::yaml::{Node, map, scalar};

/// The most steps in a row.
const STEPS: usize = 5;

/// What the functions of a file or manager share, beside what they share anyway.
pub fn shared(c: &mut Choices, world: &mut World, mut shared: Shared, node: &mut Node) -> Shared {
    for (key, names) in [
        ("errors", &mut shared.errors),
        ("outcomes", &mut shared.outcomes),
    ] {
        let mut declared = map::<&str>([]);
        for _ in 0..c.below(3) {
            let name = world.names.fresh(c);
            let status = world.status();
            declared.push(&name, statement(c, status));
            names.push(name);
        }
        crate::push(node, key, declared);
    }
    shared
}

/// A status and its message.
pub fn statement(c: &mut Choices, status: usize) -> Node {
    Node::List(vec![scalar(status.to_string()), values::message(c)])
}

/// A function, and another one where the two belong together.
pub fn functions(c: &mut Choices, world: &mut World, manager: &str) -> Vec<(String, Node)> {
    match c.below(if world.trades { 16 } else { 12 }) {
        7 => vec![runs::on_player(c, world, manager)],
        8 => vec![runs::every(c, world, manager)],
        9 => match runs::after(c, world, manager) {
            Some(made) => vec![made],
            None => vec![runs::every(c, world, manager)],
        },
        10..=13 => undone(c, world, manager),
        _ => vec![plain(c, world, manager)],
    }
}

/// A function that somebody calls.
fn plain(c: &mut Choices, world: &mut World, manager: &str) -> (String, Node) {
    let access = *c.pick(&["player", "internal", "player", "public", "admin"]);
    let mut node = map::<&str>([]);
    values::doc(c, &mut node);
    if access != "player" || c.chance(20) {
        node.push("access", scalar(access));
    }
    let (args, declared) = args(c, world);
    if !args.is_empty() {
        node.push("args", declared);
    }
    let mut body = Body::function(c, world, manager, args);
    body.has_caller = access != "public" && access != "admin";
    let reply = body.whole(&mut node, STEPS);
    let made = body.made(access, reply, false);
    let name = made.name.clone();
    world.functions.push(made);
    (name, node)
}

/// A function that may fail when it has written, and the one that takes it back.
fn undone(c: &mut Choices, world: &mut World, manager: &str) -> Vec<(String, Node)> {
    let (args, declared_args) = args(c, world);
    let some = c.below(args.len() + 1);
    let (mut undo, mut undo_args) = (map([("access", scalar("internal"))]), map::<&str>([]));
    let back: Vec<Field> = args.iter().take(some).cloned().collect();
    if let Node::Map(entries) = &declared_args {
        for (name, node) in entries.iter().take(some) {
            undo_args.push(name, node.clone());
        }
    }
    if some > 0 {
        undo.push("args", undo_args);
    }
    let mut body = Body::function(c, world, manager, back);
    (body.may_fail, body.stays_home) = (false, true);
    let reply = body.whole(&mut undo, 2);
    let made = body.made("internal", reply, true);
    let undo_name = made.name.clone();
    world.functions.push(made);

    let mut node = map([
        ("access", scalar("internal")),
        ("undone_by", scalar(&undo_name)),
    ]);
    if !args.is_empty() {
        node.push("args", declared_args);
    }
    let mut body = Body::function(c, world, manager, args);
    body.is_undone = true;
    let reply = body.whole(&mut node, STEPS);
    let made = body.made("internal", reply, true);
    let name = made.name.clone();
    world.functions.push(made);
    vec![(undo_name, undo), (name, node)]
}

/// What a function is given.
fn args(c: &mut Choices, world: &mut World) -> (Vec<Field>, Node) {
    let (mut scope, mut args, mut node) = (Names::default(), Vec::new(), map::<&str>([]));
    scope.take("token");
    for _ in 0..c.below(5) {
        let name = world.part(c, &mut scope);
        let ty = match c.chance(10) {
            true => Ty::Id,
            false => world.any_type(c, 2),
        };
        let mut arg = Field::plain(name, ty);
        bounds(c, &mut arg);
        match c.below(5) {
            3 if !matches!(arg.ty, Ty::Record(_) | Ty::Id) => arg.default = true,
            4 => arg.optional = true,
            _ => {}
        }
        node.push(&arg.name, declared(c, world, &arg));
        args.push(arg);
    }
    (args, node)
}

impl Body<'_> {
    /// Makes the steps, and adds them to the declaration with the errors and outcomes that they
    /// name. Returns the fields of the reply.
    pub fn whole(&mut self, node: &mut Node, most: usize) -> Vec<Field> {
        let mut plan = self.plan();
        let mut steps = self.steps(most, 2, &mut plan);
        let reply = self.last(&mut steps, plan);
        for (key, statuses) in [
            ("errors", self.own_errors.clone()),
            ("outcomes", self.outcomes.clone()),
        ] {
            let mut declared = map::<&str>([]);
            for (name, status) in statuses {
                declared.push(name, statement(self.c, status));
            }
            crate::push(node, key, declared);
        }
        node.push("steps", Node::List(steps));
        reply
    }

    /// What others see of it, under a name of its own.
    pub fn made(&mut self, access: &'static str, reply: Vec<Field>, undone: bool) -> Function {
        let name = self.world.names.fresh(self.c);
        let own = self.own_errors.iter().map(|(name, _)| name.clone());
        let errors = own.chain(self.errors.iter().cloned()).collect();
        Function {
            manager: self.manager.clone(),
            name,
            access,
            args: self.args.clone(),
            errors,
            reply,
            does: self.does,
            undone,
            callable: access != "admin",
            called: false,
        }
    }

    /// The name of an error to end with.
    pub fn error(&mut self) -> String {
        self.does.fails = true;
        match self.c.below(5) {
            3 if !self.world.shared.errors.is_empty() => {
                let name = self.c.pick(&self.world.shared.errors).clone();
                if !self.errors.contains(&name) {
                    self.errors.push(name.clone());
                }
                name
            }
            4 => "invalid".to_owned(),
            0 | 1 if !self.own_errors.is_empty() => self.c.pick(&self.own_errors).0.clone(),
            _ => {
                let name = self.name();
                self.own_errors.push((name.clone(), self.world.status()));
                name
            }
        }
    }

    /// An outcome to succeed with.
    pub fn outcome(&mut self) -> String {
        let shared = &self.world.shared.outcomes;
        if !shared.is_empty() && self.c.chance(40) {
            return self.c.pick(shared).clone();
        }
        let name = self.name();
        self.outcomes.push((name.clone(), self.world.status()));
        name
    }
}
