//! The derives and `#[manager]`, used as generated code uses them.

#[path = "derives/args.rs"]
mod args;
#[path = "derives/enums.rs"]
mod enums;
#[path = "derives/managers.rs"]
mod managers;
#[path = "derives/replies.rs"]
mod replies;
#[path = "derives/tables.rs"]
mod tables;

use aliya_runtime::prelude::*;
use aliya_runtime::wire::{Data, Value};

/// A choice that travels as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
enum Supply {
    #[value("iron")]
    Iron,
    #[value("scroll_skill_10")]
    ScrollSkill10,
}

/// A choice that travels as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
enum Rank {
    #[value(-1)]
    Outcast,
    #[value(0)]
    Basic,
    #[value(10)]
    Owner,
}

fn object(value: Value) -> Data {
    match value {
        Value::Object(object) => object,
        other => panic!("no object: {other}"),
    }
}

fn written(value: &impl Wire) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}
