//! Mistakes under `#[derive(Enum)]`.

use aliya_macros::Enum;

#[derive(Enum)]
struct NoEnum {
    amount: i64,
}

#[derive(Enum)]
enum Empty {}

#[derive(Enum)]
enum Generic<T> {
    #[value("iron")]
    Iron(T),
}

#[derive(Enum)]
enum Variants {
    #[value("iron")]
    Iron(i64),
    Coin,
    #[value("scroll")]
    #[value("scrolls")]
    Scroll,
    #[value]
    Empty,
    #[value(true)]
    Bool,
    #[value(1.5)]
    Fraction,
    #[value("iron")]
    Again,
    #[value(4)]
    Number,
}

#[derive(Enum)]
enum Numbers {
    #[value(4)]
    Elite,
    #[value(-1)]
    Basic,
    #[value(4)]
    Again,
    #[value("owner")]
    Text,
}

fn main() {}
