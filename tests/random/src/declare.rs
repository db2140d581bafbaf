//! What all files know: enums, records, balance tables and formulas.

use crate::body::Body;
use crate::choices::Choices;
use crate::model::{Config, Enum, Field, Formula, Record, Ty};
use crate::names::Names;
use crate::values;
use crate::world::World;
use crate::yaml::{Node, map, scalar, words};

/// What no formula is called.
const BUILT_IN: &[&str] = &["default", "sum", "min", "max", "len"];

/// Up to three enums, with numbers and without.
pub fn enums(c: &mut Choices, world: &mut World) -> Node {
    let mut node = map::<&str>([]);
    for _ in 0..c.between(1, 3) {
        let name = world.names.fresh(c);
        let variants = c.between(2, 4);
        // Variants are read by their bare names, as locals are: no two things are called alike.
        let variants: Vec<_> = (0..variants).map(|_| world.names.fresh(c)).collect();
        let numbers: Vec<i64> = if c.chance(40) {
            let numbers = [0, 1, 4, -1];
            numbers.into_iter().take(variants.len()).collect()
        } else {
            Vec::new()
        };
        let declared = if numbers.is_empty() {
            words(&variants)
        } else {
            let numbers = numbers.iter().map(|number| scalar(number.to_string()));
            map(variants.iter().zip(numbers))
        };
        node.push(&name, declared);
        world.enums.push(Enum {
            name,
            variants,
            numbers,
        });
    }
    node
}

/// Records; a later one may have an earlier one as a part.
pub fn records(c: &mut Choices, world: &mut World) -> Node {
    let mut node = map::<&str>([]);
    for _ in 0..c.below(4) {
        let name = world.names.fresh(c);
        let (fields, declared) = fields(c, world);
        node.push(&name, declared);
        world.records.push(Record { name, fields });
    }
    node
}

/// The fields of a record. The first has a name of its own in the whole game, so that a record which
/// is made where nothing says of which type is of this one.
fn fields(c: &mut Choices, world: &mut World) -> (Vec<Field>, Node) {
    let (mut scope, mut fields, mut node) = (Names::default(), Vec::new(), map::<&str>([]));
    for at in 0..c.between(1, 4) {
        let name = match at {
            0 => world.names.fresh(c),
            _ => scope.fresh(c),
        };
        if at == 0 && !scope.take(&name) {
            continue;
        }
        world.parts.push(name.clone());
        let mut field = Field::plain(name, world.any_type(c, 1));
        field.optional = at > 0 && c.chance(20);
        node.push(&field.name, declared(c, world, &field));
        fields.push(field);
    }
    (fields, node)
}

/// A field as `name: type`, or as a mapping where there is more to say.
pub fn declared(c: &mut Choices, world: &World, field: &Field) -> Node {
    let mut node = map([("type", scalar(world.written(&field.ty)))]);
    let simple = node.clone();
    if let Some(min) = field.min {
        node.push("min", scalar(min.to_string()));
    }
    if let Some(max) = field.max {
        node.push("max", scalar(max.to_string()));
    }
    if field.optional {
        node.push("optional", scalar("true"));
    }
    if field.default {
        node.push("default", values::default(c, world, field));
    }
    values::doc(c, &mut node);
    match (&node, simple) {
        (Node::Map(entries), Node::Map(mut simple)) if entries.len() == 1 => simple.remove(0).1,
        _ => node,
    }
}

/// Balance tables, and the files with their values.
pub fn config(c: &mut Choices, world: &mut World, files: &mut Vec<(String, String)>) -> Node {
    let mut node = map::<&str>([]);
    for _ in 0..c.below(4) {
        let name = world.names.fresh(c);
        let table = if c.chance(40) {
            let (fields, declared) = fields(c, world);
            node.push(&name, declared);
            Config {
                name,
                ty: None,
                fields,
            }
        } else {
            let ty = world.any_type(c, 2);
            node.push(&name, scalar(world.written(&ty)));
            Config {
                name,
                ty: Some(ty),
                fields: Vec::new(),
            }
        };
        let values = values::config(c, world, &table);
        files.push((format!("config/{}.yaml", table.name), values.text()));
        world.config.push(table);
    }
    node
}

/// Formulas; a later one may use an earlier one.
pub fn formulas(c: &mut Choices, world: &mut World) -> Node {
    let mut node = map::<&str>([]);
    for _ in 0..c.below(4) {
        let mut name = world.names.fresh(c);
        while BUILT_IN.contains(&name.as_str()) {
            name = world.names.fresh(c);
        }
        let (mut args, mut declared_args) = (Vec::new(), map::<&str>([]));
        for _ in 0..c.between(1, 3) {
            // Read by their bare names, too.
            let mut arg = Field::plain(world.names.fresh(c), world.any_type(c, 1));
            arg.optional = c.chance(15);
            declared_args.push(&arg.name, declared(c, world, &arg));
            args.push(arg);
        }
        let mut body = Body::formula(c, world, &args);
        let wanted = body.exact_type();
        let is = body.expr(&wanted, 3);
        let mut formula = map([("args", declared_args), ("is", scalar(is))]);
        values::doc(c, &mut formula);
        node.push(&name, formula);
        let ty: Ty = wanted;
        world.formulas.push(Formula { name, args, ty });
    }
    node
}
