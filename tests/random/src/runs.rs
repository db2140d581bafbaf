//! Functions that the server runs by itself.

use crate::body::{Body, Bound};
use crate::choices::Choices;
use crate::model::Field;
use crate::names::Names;
use crate::values;
use crate::world::World;
use crate::yaml::{Node, map, scalar};

/// One that runs for each new player.
pub fn on_player(c: &mut Choices, world: &mut World, manager: &str) -> (String, Node) {
    let mut node = map([("runs", map([("on", scalar("player_created"))]))]);
    values::doc(c, &mut node);
    let mut body = Body::function(c, world, manager, Vec::new());
    body.may_fail = false;
    finish(body, node)
}

/// One that runs by the clock.
pub fn every(c: &mut Choices, world: &mut World, manager: &str) -> (String, Node) {
    let window = *c.pick(&["day", "hour", "90s", "month", "3d"]);
    let node = map([("runs", map([("every", scalar(window))]))]);
    let mut body = Body::function(c, world, manager, Vec::new());
    body.has_caller = false;
    finish(body, node)
}

/// One that runs after a function that nobody calls, if there is any.
pub fn after(c: &mut Choices, world: &mut World, manager: &str) -> Option<(String, Node)> {
    let can = world.functions.iter().enumerate().filter(|(_, it)| {
        let here = it.manager == manager && it.does.trades;
        it.callable && !it.called && !it.undone && !here
    });
    let can: Vec<usize> = can.map(|(at, _)| at).collect();
    let target = match can.is_empty() {
        true => return None,
        false => *c.pick(&can),
    };
    world.functions[target].callable = false;
    let first = world.functions[target].clone();
    let has_caller = first.access != "public" && first.access != "admin";
    let (args, given) = given(c, world, &first.args, first.reply);
    let name = match first.manager == manager {
        true => first.name,
        false => format!("{}.{}", first.manager, first.name),
    };
    let node = map([("runs", map([("after", map([(name, given)]))]))]);
    let mut body = Body::function(c, world, manager, args);
    (body.has_caller, body.may_fail, body.stays_home) = (has_caller, false, true);
    Some(finish(body, node))
}

/// What it is given: args whose types are those of the values.
fn given(
    c: &mut Choices,
    world: &mut World,
    args: &[Field],
    reply: Vec<Field>,
) -> (Vec<Field>, Node) {
    let (mut scope, mut made, mut node) = (Names::default(), Vec::new(), map::<&str>([]));
    for _ in 0..c.below(3) {
        let name = world.part(c, &mut scope);
        let mut body = Body::formula(c, world, &[]);
        body.args = args.to_vec();
        let fields = reply.clone();
        body.bind(
            "reply",
            Bound::Reply {
                fields,
                absent: false,
            },
        );
        let ty = body.exact_type();
        node.push(&name, scalar(body.expr(&ty, 2)));
        made.push(Field::plain(name, ty));
    }
    (made, node)
}

fn finish(mut body: Body<'_>, mut node: Node) -> (String, Node) {
    body.replies = false;
    let reply = body.whole(&mut node, 4);
    let mut made = body.made("internal", reply, false);
    made.callable = false;
    let name = made.name.clone();
    body.world.functions.push(made);
    (name, node)
}
