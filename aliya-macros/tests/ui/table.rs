//! Mistakes under `#[derive(Table)]`.

use aliya_macros::Table;

#[derive(Table)]
#[table(name = "kind")]
enum NoStruct {
    Iron,
}

#[derive(Table)]
#[table(name = "tuple")]
struct NoNames(i64);

#[derive(Table)]
#[table(name = "empty")]
struct NoColumns {}

#[derive(Table)]
#[table(name = "generic")]
struct Generic<T> {
    amount: T,
}

#[derive(Table)]
struct NoName {
    amount: i64,
}

#[derive(Table)]
#[table = "supply"]
struct NoParentheses {
    amount: i64,
}

#[derive(Table)]
#[table(name = supply)]
struct NoText {
    amount: i64,
}

#[derive(Table)]
#[table(nmae = "supply")]
struct Misspelt {
    amount: i64,
}

#[derive(Table)]
#[table(name = "first", name = "second")]
#[table(name = "third")]
struct Twice {
    amount: i64,
}

#[derive(Table)]
#[table(name = "columns")]
struct Columns {
    #[column(mni = 0)]
    misspelt: i64,
    #[column(unique)]
    unknown: i64,
    #[column(min)]
    no_value: i64,
    #[column(min = "0")]
    no_number: i64,
    #[column(max = 9223372036854775808)]
    no_i64: i64,
    #[column(min = 0.5)]
    no_fraction: i64,
    #[column(min = 2, max = 1)]
    no_room: i64,
    #[column(min = 0.5, max = -1)]
    no_room_for_a_float: Option<f64>,
    #[column(min = 1 max = 2)]
    no_comma: i64,
    #[column(name = "r#type")]
    first: i64,
    #[column(name = "r#type")]
    second: i64,
}

fn main() {}
