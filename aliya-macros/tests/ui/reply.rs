//! Mistakes under `#[derive(Reply)]`.

use aliya_macros::Reply;

#[derive(Reply)]
enum NoStruct {
    Iron,
}

#[derive(Reply)]
struct Generic<T>(T);

#[derive(Reply)]
struct EmptyList();

#[derive(Reply)]
struct List(
    i64,
    Option<i64>,
    #[reply(name = "third")] i64,
    std::option::Option<String>,
);

#[derive(Reply)]
struct Object {
    #[reply(min = 1)]
    unknown: i64,
    #[reply(name = 1)]
    no_text: i64,
    #[reply(name = "unknown")]
    same_name: i64,
}

fn main() {}
