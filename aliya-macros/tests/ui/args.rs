//! Mistakes under `#[derive(Args)]` and `#[derive(Outgoing)]`.

use aliya_macros::{Args, Outgoing};

#[derive(Args)]
enum NoStruct {
    Iron,
}

#[derive(Args)]
struct NoNames(i64);

#[derive(Args)]
struct Generic<'a> {
    name: &'a str,
}

#[derive(Args)]
struct Keys {
    #[arg(mx = 5)]
    misspelt: i64,
    #[arg(optional)]
    unknown: i64,
    #[arg(default)]
    no_value: i64,
    #[arg(default = 1)]
    no_default: Option<i64>,
    #[arg(max = 1.5)]
    no_fraction: i64,
    #[arg(min = 1 + 1)]
    no_literal: i64,
    #[arg(name = "misspelt")]
    same_name: i64,
}

#[derive(Outgoing)]
struct NobodysArgs {}

#[derive(Outgoing)]
#[callee(manager = "bag")]
struct OfNoFunction {}

#[derive(Outgoing)]
#[callee(manager = bag, functoin = "spend")]
struct OfNoManager {}

fn main() {}
