//! Requests with args of the declared types, for every function that somebody can call.

use std::path::Path;

use anyhow::Result;
use serde_json::{Map, Value, json};
use xtask::generate::ir::{Access, Field, Function, Game, Literal, Runs, Ty};
use xtask::generate::{load, resolve};
use xtask::random::Random;

/// How often each function is asked for.
const TIMES: usize = 6;

/// When the first request comes: 2026-10-18, when clocks are put forward in some of the zones.
pub(crate) const FIRST: i64 = 1_792_281_600_000;

/// The requests for a game that lies in a folder, as JSON.
pub fn of_game(root: &Path, seed: u64) -> Result<String> {
    let game = resolved(root);
    let random = &mut Random::new(seed);
    let mut requests = Vec::new();
    for manager in &game.managers {
        for function in &manager.functions {
            if matches!(function.runs, Some(Runs::After(_))) {
                continue;
            }
            for _ in 0..TIMES {
                let caller = caller(function, random);
                let data = args(&game, &function.args, random);
                requests.push(json!({
                    "manager": manager.name, "function": function.name, "caller": caller, "data": data,
                }));
            }
        }
    }
    // In any order, so that what one writes others read.
    for at in (1..requests.len()).rev() {
        requests.swap(at, random.below(at + 1));
    }
    let mut now = FIRST;
    for request in &mut requests {
        request["now"] = Value::from(now);
        now += i64::try_from(random.below(3_600_000))?;
    }
    Ok(Value::from(requests).to_string())
}

/// The game of a folder.
pub fn resolved(root: &Path) -> Game {
    let mut loaded = load::load(&root.join("managers.yaml"));
    resolve::resolve(&loaded.sources, &loaded.documents, &mut loaded.diagnostics)
}

/// A player that may call the function, where it has a caller.
pub(crate) fn caller(function: &Function, random: &mut Random) -> Option<&'static str> {
    let by_clock = matches!(function.runs, Some(Runs::Every(_)));
    let nobody = matches!(function.access, Access::Public | Access::Admin);
    match by_clock || nobody {
        true => None,
        false => Some(*random.pick(&["ann", "bob"])),
    }
}

/// Args of the declared types.
pub(crate) fn args(game: &Game, fields: &[Field], random: &mut Random) -> Value {
    let mut args = Map::new();
    for field in fields {
        let optional = matches!(field.ty, Ty::Optional(_));
        if (optional || field.default.is_some()) && random.chance(40) {
            continue;
        }
        args.insert(
            field.name.clone(),
            value(game, &field.ty, Some(field), random),
        );
    }
    Value::Object(args)
}

/// A value of a type, within the bounds of its field.
fn value(game: &Game, ty: &Ty, field: Option<&Field>, random: &mut Random) -> Value {
    match ty {
        Ty::Int | Ty::Id => int(field, random),
        Ty::Float => float(field, random),
        Ty::Bool => [json!(1), json!(0), json!(true), json!("false")][random.below(4)].clone(),
        Ty::Text => text(field, random),
        Ty::Time => Value::from([0, FIRST, FIRST + 86_400_000, -1][random.below(4)]),
        Ty::Player => Value::from(*random.pick(&["ann", "bob", "cid"])),
        Ty::Enum(id) => {
            let variant = random.pick(&game.enums[id.0].variants);
            match variant.number {
                Some(number) => Value::from(number),
                None => Value::from(variant.name.clone()),
            }
        }
        Ty::List(item) => {
            let items = 0..random.below(4);
            items.map(|_| value(game, item, None, random)).collect()
        }
        Ty::Map(key, of) => {
            let mut entries = Map::new();
            for _ in 0..random.below(3) {
                let key = match value(game, key, None, random) {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                entries.insert(key, value(game, of, None, random));
            }
            Value::Object(entries)
        }
        Ty::Named(id) => args(game, &game.records[id.0].fields, random),
        Ty::Optional(inner) => value(game, inner, field, random),
        Ty::Row(_) | Ty::Reply(_) | Ty::Record(_) | Ty::Tuple(_) => panic!("no arg is of {ty:?}"),
    }
}

/// The bounds of a field, of ints and lengths.
fn bounds(field: Option<&Field>) -> (i64, i64) {
    let number = |literal: Option<&Literal>| match literal {
        Some(Literal::Int(number)) => Some(*number),
        Some(Literal::Float(number)) => Some(*number as i64),
        _ => None,
    };
    let (min, max) = field.map_or((None, None), |it| (it.min.as_ref(), it.max.as_ref()));
    (
        number(min).unwrap_or(i64::MIN),
        number(max).unwrap_or(i64::MAX),
    )
}

fn int(field: Option<&Field>, random: &mut Random) -> Value {
    let (low, high) = bounds(field);
    let mut ints = vec![0, 1, 2, 3, 7, 100, -1, i64::MAX];
    ints.retain(|n| *n >= low && *n <= high);
    let n = *random.pick(if ints.is_empty() {
        std::slice::from_ref(&low)
    } else {
        &ints
    });
    match random.chance(10) {
        true => Value::from(n.to_string()),
        false => Value::from(n),
    }
}

fn float(field: Option<&Field>, random: &mut Random) -> Value {
    let (low, high) = bounds(field);
    let mut floats = vec![0.5, 1.0, 7.25, -2.5, 1e300];
    floats.retain(|n| *n >= low as f64 && *n <= high as f64);
    match floats.is_empty() {
        true => Value::from(low as f64),
        false => Value::from(*random.pick(&floats)),
    }
}

fn text(field: Option<&Field>, random: &mut Random) -> Value {
    let (low, high) = bounds(field);
    let mut texts = vec!["a", "bob", "", "x y", "日本", "It's \"so\"", "A"];
    texts.retain(|text| {
        let length = i64::try_from(text.chars().count()).expect("a short text");
        length >= low && length <= high
    });
    Value::from(*random.pick(&texts))
}
